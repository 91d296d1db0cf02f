from ..drafts import Draft
class LayoutReader:
    def __init__(self, pages, vocabulary, watch): self.pages=pages; self.vocabulary=vocabulary
    def words(self, page):
        from .geometry import lines_in_order
        from .text import draft_of
        from ..blocks import Kind
        return [draft_of(Kind.PARAGRAPH, lines_in_order(page.words, page.number), self.vocabulary)]
    def page(self,i): return self.words(self.pages[i])
