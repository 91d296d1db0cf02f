"""Bullets drawn as shapes, as web browsers do, turned into the words they stand for."""

from safety_partners.reading.pdf.geometry import Page, Word

NEAREST, FURTHEST = 1.0, 26.0  # points between a bullet and its text
MOST_DOTS = 400


def add_bullets(page: Page) -> None:
    """Put a bullet before each line that has a dot drawn in front of it. Changes the page's words."""
    if not page.dots or len(page.dots) > MOST_DOTS:
        return
    bullets: list[Word] = []
    for dot in page.dots:
        middle = (dot.top + dot.bottom) / 2
        level = [word for word in page.words if word.upright and word.top <= middle <= word.bottom]
        after = [word for word in level if word.left > dot.right]
        first = min(after, key=lambda word: word.left, default=None)
        if first is None or not NEAREST < first.left - dot.right < FURTHEST:
            continue
        if abs(middle - (first.base - 0.33 * first.size)) > 0.3 * first.size:
            continue
        if any(word.right > dot.left - 30 and word.left < dot.left for word in level):
            continue
        bullets.append(Word("•", dot.left, dot.right, first.base, first.look, artifact=first.artifact, order=first.order))
    for bullet in bullets:
        place = next(index for index, word in enumerate(page.words) if word.order == bullet.order and word.left > bullet.right)
        page.words.insert(place, bullet)
