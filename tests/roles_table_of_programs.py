"""Who may do what with a key: the rows of the matrix that programs ask for, as those of `roles_table` are pages'."""

PROGRAMS = """
                                             any  any  of this event             of another event          re-  home
                                             body phon dele scre spea mode owne  dele scre spea mode owne  voked
GET    /api/v1/event                         401  401   403  200  200  200  200   403  200  200  200  200   401 401
PUT    /api/v1/event/screen                  401  401   403  403  403  200  200   403  403  403  200  200   401 401
PUT    /api/v1/event/intake                  401  401   403  403  403  200  200   403  403  403  200  200   401 401
GET    /api/v1/event/scene                   401  401   403  200  200  200  200   403  200  200  200  200   401 401
PUT    /api/v1/event/scene                   401  401   403  403  403  200  200   403  403  403  200  200   401 401
PUT    /api/v1/event/announcement            401  401   403  403  403  200  200   403  403  403  200  200   401 401
DELETE /api/v1/event/announcement            401  401   403  403  403  200= 200=  403  403  403  200= 200=  401 401
POST   /api/v1/event/clearing                401  401   403  403  403  200  200   403  403  403  200  200   401 401
GET    /api/v1/posts                         401  401   403  403  403  200  200   403  403  403  200  200   401 401
POST   /api/v1/posts/{held}/verdict          401  401   403  403  403  200  200   403  403  403  404  404   401 401
POST   /api/v1/posts/verdicts                401  401   403  403  403  200  200   403  403  403  200= 200=  401 401
POST   /api/v1/posts/{held}/question         401  401   403  403  403  200  200   403  403  403  404  404   401 401
POST   /api/v1/posts/{held}/reveal           401  401   403  403  403  200  200   403  403  403  404  404   401 401
POST   /api/v1/posts/{held}/name             401  401   403  403  403  409  409   403  403  403  404  404   401 401
POST   /api/v1/posts/{delayed}/stop          401  401   403  403  403  200  200   403  403  403  404  404   401 401
PUT    /api/v1/authors/{author}/standing     401  401   403  403  403  200  200   403  403  403  404  404   401 401
POST   /api/v1/seat                          401  401   403  403  403  200  200   403  403  403  404  404   401 401
POST   /api/v1/undo                          401  401   403  403  403  200= 200   403  403  403  200= 200   401 401
POST   /api/v1/undo?whose=anyone             401  401   403  403  403  200  200   403  403  403  200  200   401 401
GET    /api/v1/questions                     401  401   403  403  200  200  200   403  403  200  200  200   401 401
PUT    /api/v1/questions/{open}/state        401  401   403  403  200  200  200   403  403  404  404  404   401 401
PUT    /api/v1/questions/{open}/merge        401  401   403  403  200  200  200   403  403  404  404  404   401 401
DELETE /api/v1/questions/{open}/merge        401  401   403  403  200= 200= 200=  403  403  404  404  404   401 401
PUT    /api/v1/questions/{open}/reply        401  401   403  403  200  200  200   403  403  404  404  404   401 401
DELETE /api/v1/questions/{open}/reply        401  401   403  403  200= 200= 200=  403  403  404  404  404   401 401
PUT    /api/v1/questions/{open}/marks        401  401   403  403  200  200  200   403  403  404  404  404   401 401
GET    /api/v1/backstage                     401  401   403  403  200  200  200   403  403  200  200  200   401 401
POST   /api/v1/backstage                     401  401   403  403  403  201  201   403  403  403  201  201   401 401
PUT    /api/v1/backstage/1/seen              401  401   403  403  204= 204= 204=  403  403  204= 204= 204=  401 401
PUT    /api/v1/posts/{mine}/suggestion       401  401   403  403  403  200  200   403  403  403  404  404   401 401
GET    /api/v1/talks                         401  401   403  200  200  200  200   403  200  200  200  200   401 401
PUT    /api/v1/talks/{talk}/sharing          401  401   403  403  403  403  200   403  403  403  403  404   401 401
GET    /api/v1/policy                        401  401   403  403  403  200  200   403  403  403  200  200   401 401
PUT    /api/v1/policy                        401  401   403  403  403  403  200   403  403  403  403  200   401 401
POST   /api/v1/policy/trial                  401  401   403  403  403  200= 200=  403  403  403  200= 200=  401 401
POST   /api/v1/policy/words/preview          401  401   403  403  403  200= 200=  403  403  403  200= 200=  401 401
POST   /api/v1/policy/screen-again           401  401   403  403  403  403  200   403  403  403  403  200   401 401
GET    /api/v1/policy/versions               401  401   403  403  403  200  200   403  403  403  200  200   401 401
GET    /api/v1/figures                       401  401   403  403  403  200  200   403  403  403  200  200   401 401
GET    /api/v1/decisions                     401  401   403  403  403  200  200   403  403  403  200  200   401 401
POST   /api/v1/decisions/{approval}/undoing  401  401   403  403  403  200  200   403  403  403  404  404   401 401
POST   /api/v1/decisions/{rules}/undoing     401  401   403  403  403  403  200   403  403  403  404  404   401 401
POST   /api/v1/incidents                     401  401   403  403  403  200  200   403  403  403  404  404   401 401
POST   /api/v1/incidents?of=elsewhere        401  401   403  403  403  404  404   403  403  403  200  200   401 401
GET    /api/v1/brand                         401  401   403  403  403  403  200   403  403  403  403  200   401 401
PUT    /api/v1/brand                         401  401   403  403  403  403  200   403  403  403  403  200   401 401
GET    /api/v1/alarms                        401  401   403  403  403  403  200   403  403  403  403  200   401 401
PUT    /api/v1/alarms                        401  401   403  403  403  403  200   403  403  403  403  200   401 401
GET    /api/v1/retention                     401  401   403  403  403  403  200   403  403  403  403  200   401 401
PUT    /api/v1/retention                     401  401   403  403  403  403  200   403  403  403  403  200   401 401
GET    /api/v1/erasures                      401  401   403  403  403  403  200   403  403  403  403  200   401 401
POST   /api/v1/erasures                      401  401   403  403  403  403  200   403  403  403  403  200   401 401
GET    /api/v1/hooks                         401  401   403  403  403  403  200   403  403  403  403  200   401 401
POST   /api/v1/hooks                         401  401   403  403  403  403  201   403  403  403  403  201   401 401
DELETE /api/v1/hooks/{hook}                  401  401   403  403  403  403  204   403  403  403  403  404   401 401
GET    /api/v1/series                        401  401   403  200  200  200  200   403  200  200  200  200   401 401
GET    /api/v1/prompts                       401  401   403  403  403  200  200   403  403  403  200  200   401 401
GET    /api/v1/transcript                    401  401   403  200  200  200  200   403  200  200  200  200   401 401
GET    /api/v1/takedowns                     401  401   403  403  403  403  200   403  403  403  403  200   401 401
PUT    /api/v1/takedowns/{asked}/state       401  401   403  403  403  403  200   403  403  403  403  404   401 401
"""
