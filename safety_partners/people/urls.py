"""Addresses of people: signing in (names that allauth knows), then everything under ``people:``."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from safety_partners.people.views import account, demonstration, inviting, members, messages, organisation, sign_in

app_name = "people"

# Outside the namespace: allauth looks for these names.
sign_in_patterns: list[URLPattern] = [
    path("sign-in/", sign_in.ask_for_code, name="account_login"),
    path("sign-in/", sign_in.ask_for_code, name="account_request_login_code"),
    path("sign-in/code/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("sign-in/second-factor/", sign_in.second_factor, name="mfa_authenticate"),
    path("sign-in/no-account/", sign_in.no_sign_up, name="account_signup"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("sign-in/not-now/", sign_in.no_sign_up, name="account_inactive"),
]

urlpatterns: list[URLPattern] = [
    path("sign-in/who/", sign_in.who, name="sign-in-who"),
    path("sign-in/password/", sign_in.with_password, name="sign-in-with-password"),
    path("join/<str:secret>/", inviting.join, name="join"),
    path("account/", account.account, name="account"),
    path("account/details/", account.details, name="account-details"),
    path("account/email/", account.email, name="account-email"),
    path("account/email/code/", account.email_code, name="account-email-code"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("account/second-factor/remove/", account.remove_second_factor, name="remove-second-factor"),
    path("account/second-factor/recovery-codes/", account.recovery_codes, name="recovery-codes"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/organisation/", account.change_organisation, name="change-organisation"),
    path("account/messages/", messages.my_messages, name="my-messages"),
    path("account/messages/<str:code>/", messages.my_message, name="my-message"),
    path("account/summaries/", messages.summaries, name="summaries"),
    path("account/permissions/", account.permissions, name="permissions"),
    path("account/permissions/<str:area>/", account.permissions_in, name="permissions-in"),
    path("account/sign-in-again/", account.sign_in_again, name="sign-in-again"),
    path("members/", members.members, name="members"),
    path("members/add/", members.add, name="add-member"),
    path("members/<str:code>/", members.member, name="member"),
    path("members/<str:code>/details/", members.correct, name="correct-member"),
    path("members/<str:code>/summaries/", messages.member_summaries, name="member-summaries"),
    path("members/<str:code>/roles/", members.roles, name="member-roles"),
    path("members/<str:code>/end/", members.end, name="end-membership"),
    path("members/<str:code>/restore/", members.restore, name="restore-membership"),
    path("members/<str:code>/second-factor/", members.second_factor, name="take-away-second-factor"),
    path("invitations/", inviting.invitations, name="invitations"),
    path("invitations/new/", inviting.invite, name="invite"),
    path("invitations/<str:code>/", inviting.invitation, name="invitation"),
    path("invitations/<str:code>/resend/", inviting.resend, name="resend-invitation"),
    path("invitations/<str:code>/withdraw/", inviting.withdraw, name="withdraw-invitation"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/details/", organisation.description, name="organisation-details"),
    path("organisation/logo/", organisation.logo_settings, name="organisation-logo"),
    path("organisation/clocks/", organisation.clocks, name="clocks"),
    path("organisation/urgent-contacts/<slug:channel>/", organisation.urgent_contact, name="urgent-contact"),
    path("organisation/services/add/", organisation.add_service, name="add-service"),
    path("organisation/services/<str:code>/", organisation.service, name="service"),
    path("organisation/parent/", organisation.parent, name="parent"),
    path("organisation/parent/end/", organisation.end_parent, name="end-parent"),
    path("logos/<slug:slug>/", organisation.logo, name="logo"),
]

if settings.MODE == "demonstration":
    urlpatterns += [
        path("demonstration/", demonstration.demonstration, name="demonstration"),
        path("demonstration/mail/", demonstration.mail, name="demonstration-mail"),
    ]
