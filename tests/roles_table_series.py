"""Who may do what with a series: the same columns as the table of everything else, which says what they mean."""

TABLE_OF_SERIES = """
                                             any  any  of this event             of another event          re-  home
                                             body phon dele scre spea mode owne  dele scre spea mode owne  voked
POST   /series                               403  403  403  403  403  403  403  403  403  403  403  403  403  303
POST   /series/tea/entry                     403  403  403  403  403  403  403  403  403  403  403  403  403  303
GET    /s/tea                                200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /s/tea.ics                            200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /s/tea/feed.atom                      200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /s/tea/how                            200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /s/tea/now                            303  303  303  303  303  303  303  303  303  303  303  303  303  303
GET    /s/tea/setup                          403  403  403  403  403  403  200  403  403  403  403  403  403  403
POST   /s/tea/setup                          403  403  403  403  403  403  303  403  403  403  403  403  403  403
POST   /s/tea/pauses                         403  403  403  403  403  403  303  403  403  403  403  403  403  403
DELETE /s/tea/pauses/{pause}                 403  403  403  403  403  403  303  403  403  403  403  403  403  403
DELETE /s/tea/pauses/{their_pause}           403  403  403  403  403  403  404  403  403  403  403  403  403  403
POST   /s/tea/editions/{edition}/time        403  403  403  403  403  403  303  403  403  403  403  403  403  403
POST   /s/tea/editions/{their_edition}/time  403  403  403  403  403  403  404  403  403  403  403  403  403  403
DELETE /s/tea/editions/{moved}/time          403  403  403  403  403  403  303  403  403  403  403  403  403  403
POST   /s/tea/editions/{edition}/theme       403  403  403  403  403  403  303  403  403  403  403  403  403  403
"""
