"""Who may open what: every address x role x own or other unit, written by hand.

A cell is the status of the answer: ``login`` sends to sign-in, 302 to where one is better helped.
404 when one may not know that it exists, 403 when one may see but not act. A mark ' is somebody of
the same role in another chief area. ``giver`` is a colleague of ``empl`` whose ideas all of them
are; ``lead`` leads the projects and works in the other area. ``it`` and ``admin`` hold their roles
at the top, but stand outside the line: a new idea is not theirs to see. A POST carries no fields but
the token of its form.

The objects stand in ``world.py``; what follows a colon are further parts of the address.
"""

COLUMNS = "anon empl mana chief dir digi it admin giver lead empl' mana' chief'".split()

# Strangers meet these, and nothing else.
PUBLIC = """
front:accessibility organisation:language organisation:role_picker
account_login account_inactive account_reset_password account_reset_password_done
account_reset_password_from_key account_reset_password_from_key_done
socialaccount_login_cancelled socialaccount_login_error
openid_connect_login openid_connect_callback
""".split()

TABLE = """
# the front page and the reader's own things
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
front:home                             -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
front:home                             -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
front:mark_read                        -                           GET  login  405    405    405    405    405    405    405    405    405    405    405    405
front:mark_read                        -                           POST login  302    302    302    302    302    302    302    302    302    302    302    302
front:accessibility                    -                           GET  200    200    200    200    200    200    200    200    200    200    200    200    200
front:accessibility                    -                           POST 405    405    405    405    405    405    405    405    405    405    405    405    405
organisation:language                  -                           GET  405    405    405    405    405    405    405    405    405    405    405    405    405
organisation:language                  -                           POST 302    302    302    302    302    302    302    302    302    302    302    302    302
organisation:account                   -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
organisation:account                   -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
organisation:role_picker               -                           GET  200    200    200    200    200    200    200    200    200    200    200    200    200
organisation:role_picker               -                           POST 404    404    404    404    404    404    404    404    404    404    404    404    404
shared:mailbox                         -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
shared:mailbox                         -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
shared:mail                            mail                        GET  login  404    404    404    404    404    404    404    200    404    404    404    404
shared:mail                            mail                        POST login  405    405    405    405    405    405    405    405    405    405    405    405
shared:mail                            none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404

# the portfolio
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
projects:portfolio                     -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:portfolio                     -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
projects:export                        -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:export                        -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
projects:imports                       -                           GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:imports                       -                           POST login  403    403    403    403    200    403    403    403    403    403    403    403
projects:import_template               -                           GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:import_template               -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
projects:import_preview                import                      GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:import_preview                none                        GET  login  403    403    403    403    404    403    403    403    403    403    403    403
projects:import_preview                import                      POST login  403    403    403    403    302    403    403    403    403    403    403    403

# ideas
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
projects:idea_new                      -                           GET  login  200    200    200    200    200    200    403    200    200    200    200    200
projects:idea_new                      -                           POST login  200    200    200    200    200    200    403    200    200    200    200    200
projects:idea_step                     draft:problem               GET  login  404    404    404    404    404    404    404    200    404    404    404    404
projects:idea_step                     draft:problem               POST login  404    404    404    404    404    404    404    200    404    404    404    404
projects:idea_step                     draft:checklist             GET  login  404    404    404    404    404    404    404    200    404    404    404    404
projects:idea_step                     draft:review                GET  login  404    404    404    404    404    404    404    200    404    404    404    404
projects:idea_step                     draft:review                POST login  404    404    404    404    404    404    404    302    404    404    404    404
projects:idea_step                     draft:no-such-step          GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:idea_step                     idea:problem                GET  login  403    403    403    403    403    404    404    302    404    404    404    403
projects:idea_step                     idea:problem                POST login  403    403    403    403    403    404    404    302    404    404    404    403
projects:idea_step                     sent_back:problem           GET  login  403    403    403    403    403    404    404    200    404    404    404    403
projects:idea_step                     sent_back:review            POST login  403    403    403    403    403    404    404    302    404    404    404    403
projects:idea_step                     none:problem                GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:idea_delete                   draft                       GET  login  404    404    404    404    404    404    404    200    404    404    404    404
projects:idea_delete                   draft                       POST login  404    404    404    404    404    404    404    302    404    404    404    404
projects:idea_delete                   idea                        GET  login  403    403    403    403    403    404    404    403    404    404    404    403
projects:idea_delete                   idea                        POST login  403    403    403    403    403    404    404    403    404    404    404    403
projects:idea_receipt                  draft                       GET  login  404    404    404    404    404    404    404    302    404    404    404    404
projects:idea_receipt                  idea                        GET  login  403    403    403    403    403    404    404    200    404    404    404    403
projects:idea_receipt                  idea                        POST login  405    405    405    405    405    405    405    405    405    405    405    405
projects:qualify                       idea                        GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:qualify                       idea                        POST login  403    403    403    403    200    404    404    403    404    404    404    403
projects:qualify                       draft                       GET  login  404    404    404    404    404    404    404    403    404    404    404    404
projects:qualify                       stopped                     GET  login  403    403    403    403    403    403    403    403    403    403    403    403
projects:send_back                     idea                        GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:send_back                     idea                        POST login  403    403    403    403    200    404    404    403    404    404    404    403
projects:send_back                     draft                       GET  login  404    404    404    404    404    404    404    403    404    404    404    404
projects:send_back                     stopped                     GET  login  403    403    403    403    403    403    403    403    403    403    403    403

# a project
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
projects:project                       draft                       GET  login  404    404    404    404    404    404    404    302    404    404    404    404
projects:project                       idea                        GET  login  200    200    200    200    200    404    404    200    404    404    404    200
projects:project                       trial                       GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:project                       stopped                     GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:project                       none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:project                       trial                       POST login  405    405    405    405    405    405    405    405    405    405    405    405
projects:facts                         draft                       GET  login  404    404    404    404    404    404    404    403    404    404    404    404
projects:facts                         idea                        GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:facts                         trial                       GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:facts                         trial                       POST login  403    403    403    403    200    403    403    403    403    403    403    403
projects:facts                         stopped                     GET  login  403    403    403    403    403    403    403    403    403    403    403    403
projects:team                          draft                       GET  login  404    404    404    404    404    404    404    403    404    404    404    404
projects:team                          idea                        GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:team                          trial                       GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:team                          trial                       POST login  403    403    403    403    302    403    403    403    403    403    403    403
projects:team                          stopped                     GET  login  403    403    403    403    403    403    403    403    403    403    403    403

# documents
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
projects:document                      draft:idea_description      GET  login  404    404    404    404    404    404    404    302    404    404    404    404
projects:document                      idea:idea_description       GET  login  200    200    200    200    200    404    404    200    404    404    404    200
projects:document                      trial:evaluation            GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:document                      trial:no_such_paper         GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:document                      trial:evaluation            POST login  405    405    405    405    405    405    405    405    405    405    405    405
projects:document_edit                 draft:idea_description      GET  login  404    404    404    404    404    404    404    302    404    404    404    404
projects:document_edit                 idea:idea_description       GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:document_edit                 trial:evaluation            GET  login  403    403    403    403    200    403    403    403    200    403    403    403
projects:document_edit                 idea:idea_description       POST login  403    403    403    403    200    404    404    403    404    404    404    403
projects:document_edit                 trial:evaluation            POST login  403    403    403    403    200    403    403    403    200    403    403    403
projects:document_edit                 sent_back:idea_description  GET  login  403    403    403    403    200    404    404    200    404    404    404    403
projects:document_edit                 asked1:idea_description     GET  login  403    403    403    403    302    404    404    403    404    404    404    403
projects:document_edit                 stopped:evaluation          GET  login  403    403    403    403    403    403    403    403    403    403    403    403
projects:document_version              idea:idea_description:1     GET  login  200    200    200    200    200    404    404    200    404    404    404    200
projects:document_version              trial:idea_description:1    GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:document_version              trial:idea_description:99   GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:document_version              trial:idea_description:1    POST login  405    405    405    405    405    405    405    405    405    405    405    405

# at a gate
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
projects:recommend                     trial                       GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:recommend                     trial                       POST login  403    403    403    403    200    403    403    403    403    403    403    403
projects:recommend                     idea                        GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:recommend                     stopped                     GET  login  403    403    403    403    403    403    403    403    403    403    403    403
projects:ask                           trial                       GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:ask                           trial                       POST login  403    403    403    403    200    403    403    403    403    403    403    403
projects:ask                           idea                        GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:ask                           stopped                     GET  login  403    403    403    403    403    403    403    403    403    403    403    403
projects:withdraw                      asked1                      GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:withdraw                      asked1                      POST login  403    403    403    403    302    404    404    403    404    404    404    403
projects:withdraw                      trial                       GET  login  403    403    403    403    302    403    403    403    403    403    403    403
projects:decide                        endorsement                 GET  login  403    200    403    403    403    404    404    403    404    404    404    403
projects:decide                        request1                    GET  login  403    403    200    403    200    404    404    403    404    404    404    403
projects:decide                        request2                    GET  login  403    403    200    200    200    403    403    403    403    403    403    200
projects:decide                        endorsement                 POST login  403    200    403    403    403    404    404    403    404    404    404    403
projects:decide                        request1                    POST login  403    403    200    403    200    404    404    403    404    404    404    403
projects:decide                        request2                    POST login  403    403    200    200    200    403    403    403    403    403    403    200
projects:decide                        answered                    GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:decide                        none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:decision                      decision                    GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:decision                      none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:decision                      decision                    POST login  405    405    405    405    405    405    405    405    405    405    405    405

# moving
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
projects:move                          must_do                     GET  login  403    403    403    403    200    403    403    403    200    403    403    403
projects:park                          trial                       GET  login  403    403    403    403    200    403    403    403    200    403    403    403
projects:resume                        parked                      GET  login  403    403    403    403    200    403    403    403    200    403    403    403
projects:stop                          must_do                     GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:new_round                     rethink                     GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:close                         rethink                     GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:move                          must_do                     POST login  403    403    403    403    200    403    403    403    200    403    403    403
projects:park                          trial                       POST login  403    403    403    403    200    403    403    403    200    403    403    403
projects:resume                        parked                      POST login  403    403    403    403    200    403    403    403    200    403    403    403
projects:stop                          must_do                     POST login  403    403    403    403    200    403    403    403    403    403    403    403
projects:new_round                     rethink                     POST login  403    403    403    403    302    403    403    403    403    403    403    403
projects:close                         rethink                     POST login  403    403    403    403    302    403    403    403    403    403    403    403
projects:move                          stopped                     POST login  403    403    403    403    403    403    403    403    403    403    403    403
projects:move                          none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:park                          stopped                     POST login  403    403    403    403    403    403    403    403    403    403    403    403
projects:park                          none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:resume                        stopped                     POST login  403    403    403    403    403    403    403    403    403    403    403    403
projects:resume                        none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:stop                          stopped                     POST login  403    403    403    403    403    403    403    403    403    403    403    403
projects:stop                          none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:new_round                     stopped                     POST login  403    403    403    403    403    403    403    403    403    403    403    403
projects:new_round                     none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404
projects:close                         stopped                     POST login  403    403    403    403    403    403    403    403    403    403    403    403
projects:close                         none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404

# statements of IT & Digitalisation
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
projects:ask_statement                 trial                       GET  login  403    403    403    403    200    403    403    403    403    403    403    403
projects:ask_statement                 trial                       POST login  403    403    403    403    302    403    403    403    403    403    403    403
projects:ask_statement                 idea                        GET  login  403    403    403    403    200    404    404    403    404    404    404    403
projects:statement                     statement                   GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:statement                     statement                   POST login  403    403    403    403    403    200    403    403    403    403    403    403
projects:statement                     given                       GET  login  200    200    200    200    200    200    200    200    200    200    200    200
projects:statement                     none                        GET  login  404    404    404    404    404    404    404    404    404    404    404    404

# signing in and out
# name                                 object                           anon   empl   mana   chief  dir    digi   it     admin  giver  lead   empl'  mana'  chief'
account_login                          -                           GET  200    302    302    302    302    302    302    302    302    302    302    302    302
account_login                          -                           POST 200    302    302    302    302    302    302    302    302    302    302    302    302
account_logout                         -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
account_logout                         -                           POST login  login  login  login  login  login  login  login  login  login  login  login  login
account_inactive                       -                           GET  200    200    200    200    200    200    200    200    200    200    200    200    200
account_inactive                       -                           POST 405    405    405    405    405    405    405    405    405    405    405    405    405
account_reauthenticate                 -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
account_reauthenticate                 -                           POST login  200    200    200    200    200    200    200    200    200    200    200    200
account_change_password                -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
account_change_password                -                           POST login  200    200    200    200    200    200    200    200    200    200    200    200
account_set_password                   -                           GET  login  302    302    302    302    302    302    302    302    302    302    302    302
account_set_password                   -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
account_reset_password                 -                           GET  200    200    200    200    200    200    200    200    200    200    200    200    200
account_reset_password                 -                           POST 200    200    200    200    200    200    200    200    200    200    200    200    200
account_reset_password_done            -                           GET  200    200    200    200    200    200    200    200    200    200    200    200    200
account_reset_password_done            -                           POST 405    405    405    405    405    405    405    405    405    405    405    405    405
account_reset_password_from_key_done   -                           GET  200    200    200    200    200    200    200    200    200    200    200    200    200
account_reset_password_from_key_done   -                           POST 405    405    405    405    405    405    405    405    405    405    405    405    405
mfa_index                              -                           GET  login  200    200    200    200    200    200    200    200    200    200    200    200
mfa_index                              -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
mfa_authenticate                       -                           GET  login  302    302    302    302    302    302    302    302    302    302    302    302
mfa_authenticate                       -                           POST login  302    302    302    302    302    302    302    302    302    302    302    302
mfa_reauthenticate                     -                           GET  login  302    302    302    302    302    302    302    302    302    302    302    302
mfa_reauthenticate                     -                           POST login  302    302    302    302    302    302    302    302    302    302    302    302
mfa_activate_totp                      -                           GET  login  302    302    302    302    302    302    302    302    302    302    302    302
mfa_activate_totp                      -                           POST login  302    302    302    302    302    302    302    302    302    302    302    302
mfa_deactivate_totp                    -                           GET  login  404    404    404    404    404    404    404    404    404    404    404    404
mfa_deactivate_totp                    -                           POST login  404    404    404    404    404    404    404    404    404    404    404    404
mfa_view_recovery_codes                -                           GET  login  404    404    404    404    404    404    404    404    404    404    404    404
mfa_view_recovery_codes                -                           POST login  405    405    405    405    405    405    405    405    405    405    405    405
mfa_generate_recovery_codes            -                           GET  login  302    302    302    302    302    302    302    302    302    302    302    302
mfa_generate_recovery_codes            -                           POST login  302    302    302    302    302    302    302    302    302    302    302    302
mfa_download_recovery_codes            -                           GET  login  404    404    404    404    404    404    404    404    404    404    404    404
mfa_download_recovery_codes            -                           POST login  404    404    404    404    404    404    404    404    404    404    404    404
socialaccount_login_cancelled          -                           GET  200    200    200    200    200    200    200    200    200    200    200    200    200
socialaccount_login_cancelled          -                           POST 405    405    405    405    405    405    405    405    405    405    405    405    405
socialaccount_login_error              -                           GET  401    401    401    401    401    401    401    401    401    401    401    401    401
socialaccount_login_error              -                           POST 405    405    405    405    405    405    405    405    405    405    405    405    405
account_reset_password_from_key        -:1:set-password            GET  200    200    200    200    200    200    200    200    200    200    200    200    200
openid_connect_login                   -:municipality              GET  404    404    404    404    404    404    404    404    404    404    404    404    404
openid_connect_callback                -:municipality              GET  404    404    404    404    404    404    404    404    404    404    404    404    404
account_reset_password_from_key        -:1:set-password            POST 200    200    200    200    200    200    200    200    200    200    200    200    200
openid_connect_login                   -:municipality              POST 404    404    404    404    404    404    404    404    404    404    404    404    404
openid_connect_callback                -:municipality              POST 404    404    404    404    404    404    404    404    404    404    404    404    404
"""

# Every address of the Django admin that needs no object; what the door answers counts.
ADMIN = "login 403  403  403  403  403  403  200  403  403  403  403  403"
