"""Patient participation groups: the collective voice of patients, beside the partners and apart from them."""
