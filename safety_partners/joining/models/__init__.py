"""What we keep of joining: adverts, chats, expressions of interest, how they were read and answered."""

from safety_partners.joining.models.advert import Advert, ChatRequest, Criterion
from safety_partners.joining.models.expression import Draft, EqualityCount, Expression
from safety_partners.joining.models.reading import Sift, SiftPoint, Talk

__all__ = ["Advert", "ChatRequest", "Criterion", "Draft", "EqualityCount", "Expression", "Sift", "SiftPoint", "Talk"]
