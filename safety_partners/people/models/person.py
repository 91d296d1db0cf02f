"""People: who signs in, what they may be in which organisation, and who is invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core import clock, names
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import AT_ONCE, Message, Record
from safety_partners.core.privacy import Kind, Privacy
from safety_partners.people.models.organisation import InOrganisation, Organisation

KEPT_FOR_HISTORY = _("never: the trace of what partners said needs it; names are replaced when a person is forgotten")


class Role(models.TextChoices):
    """What a person may be in an organisation; one person may be several."""

    PARTNER = "partner", _("Patient Safety Partner")
    LEAD = "lead", _("Partner lead")
    STAFF = "staff", _("Member of staff")
    SECRETARY = "secretary", _("Committee secretary")
    FINANCE = "finance", _("Finance")
    GROUP_CHAIR = "group chair", _("Chair of a patient participation group")
    BOARD = "board", _("Board reader")
    GOVERNANCE = "governance", _("Information governance")
    ADMINISTRATOR = "administrator", _("Organisation administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Make a person who can sign in; without a password only codes sent to their address let them in."""
        user = self.model(username=username.lower(), **fields)
        user.email = user.email.lower()
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. Couples may share an email address, so it does not name a person: the sign-in name does."""

    privacy = Privacy(
        keep=_("while the person is a member of an organisation, then as long as the organisation has set"),
        forget=_("name and addresses are replaced; the row stays, because history points to it"),
        fields={
            "username": Kind.PERSONAL,
            "email": Kind.CONTACT,
            "name": Kind.PERSONAL,
            "name_key": Kind.PERSONAL,
            "language": Kind.PERSONAL,
            "password": Kind.SECRET,
        },
    )

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True, db_index=True)
    name = models.CharField(max_length=200)
    # The name as it is searched and sorted by; case folding and taking accents apart can make a name longer.
    name_key = models.CharField(max_length=800, editable=False, db_index=True)
    language = models.CharField(max_length=10, default="en-gb")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    # What else goes by somebody's name: an app above adds a function when it starts, which is given the person.
    renamed: ClassVar[list[Callable[[User], None]]] = []
    # The current grants, where they were read together with the person (queries.person_signed_in).
    grants_read: list[Grant] | None = None

    class Meta:
        constraints = [
            # Both are looked up as typed in small letters: a capital would lock the person out.
            models.CheckConstraint(name="user_sign_in_name_in_small_letters", condition=Q(username=Lower("username"))),
            models.CheckConstraint(name="user_address_in_small_letters", condition=Q(email=Lower("email"))),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = names.fold(self.name)
        fields = kwargs.get("update_fields")
        if fields and "name" in fields:
            kwargs["update_fields"] = [*fields, "name_key"]
        super().save(*args, **kwargs)
        if fields and "name" in fields:
            for follow in self.renamed:
                follow(self)

    def get_full_name(self) -> str:
        return self.name


class Rhythm(models.TextChoices):
    """How often somebody wants our emails."""

    NOW = AT_ONCE, _("Each one as it is written")
    DAILY = "daily", _("Together, once a day")
    WEEKLY = "weekly", _("Together, once a week, on Monday")


class MembershipQuerySet(InOrganisation):
    def current(self) -> MembershipQuerySet:
        return self.filter(ended_on__isnull=True)

    def with_role(self, *roles: str) -> MembershipQuerySet:
        return self.filter(pk__in=Grant.objects.filter(role__in=roles).values("membership_id"))

    def named(self) -> MembershipQuerySet:
        return self.select_related("user").order_by("user__name_key", "pk")


class Membership(Record):
    """One person in one organisation: how they are told things there. What they may be there are their grants."""

    code_prefix = "MEM"
    privacy = Privacy(
        keep=_("as long as the organisation has set after it ended"),
        forget=KEPT_FOR_HISTORY,
        fields={
            "user": Kind.PERSONAL,
            "told_by": Kind.PERSONAL,
            "rhythm": Kind.PERSONAL,
            "postal_address": Kind.CONTACT,
            "phone": Kind.CONTACT,
            "job_title": Kind.PERSONAL,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    job_title = models.CharField(max_length=200, blank=True)
    told_by = models.CharField(max_length=10, choices=Message.Channel.choices, default=Message.Channel.EMAIL)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.NOW)
    # Counts the addresses their calendar has had: each new one makes the one before it useless.
    calendar_turn = models.PositiveIntegerField(default=0)
    postal_address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_once"),
            models.CheckConstraint(
                name="membership_can_be_told",
                condition=(~Q(told_by=Message.Channel.LETTER) | ~Q(postal_address="")) & (~Q(told_by=Message.Channel.PHONE) | ~Q(phone="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:member", args=[self.code])

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def role_words(self) -> list[str]:
        """What the person is here, in words, in the order of :class:`Role`; one query unless grants were prefetched."""
        held = {grant.role for grant in self.grants.all()}
        return [str(role.label) for role in Role if role.value in held]

    @property
    def language(self) -> str:
        return self.user.language

    def address_for(self, channel: str) -> str:
        """Where a message by this channel goes."""
        places = {Message.Channel.LETTER: self.postal_address, Message.Channel.PHONE: self.phone}
        return places.get(Message.Channel(channel), self.user.email)


class Grant(models.Model):
    """One role of one membership: who granted it, and when."""

    privacy = Privacy(
        keep=_("as long as the membership"),
        forget=_("with the membership"),
        fields={"membership": Kind.PERSONAL, "granted_by": Kind.PERSONAL},
    )

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_at = models.DateTimeField(default=clock.now, editable=False)
    granted_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "role"], name="grant_once")]
        indexes = [models.Index(fields=["role", "membership"], name="grant_by_role")]

    def __str__(self) -> str:
        return self.role


class Invitation(Record):
    """An invitation to join an organisation, used by a secret that only the message holds."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code_prefix = "INV"
    lifecycle = Lifecycle(
        {
            "accept": (Status.OPEN, Status.ACCEPTED),
            "withdraw": (Status.OPEN, Status.WITHDRAWN),
        }
    )
    privacy = Privacy(
        keep=_("90 days after it was answered or ran out"),
        forget=_("deleted by the nightly task"),
        fields={
            "name": Kind.PERSONAL,
            "email": Kind.CONTACT,
            "roles": Kind.WORK,
            "secret_hash": Kind.SECRET,
            "invited_by": Kind.PERSONAL,
            "membership": Kind.PERSONAL,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    roles = models.JSONField(default=list)
    secret_hash = models.CharField(max_length=64, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    turn = models.PositiveIntegerField(default=0)
    invited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    objects = InOrganisation.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_by_and_at",
                condition=Q(accepted_at__isnull=True, membership__isnull=True) | Q(accepted_at__isnull=False, membership__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="invitation_list")]

    def get_absolute_url(self) -> str:
        return reverse("people:invitation", args=[self.code])

    @property
    def has_run_out(self) -> bool:
        return self.status == self.Status.OPEN and self.expires_at < clock.now()

    @property
    def role_words(self) -> list[str]:
        """What the person will be here, in words."""
        return [str(role.label) for role in Role if role.value in self.roles]
