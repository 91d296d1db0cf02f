"""stub"""
def node_folder():
    raise NotImplementedError
