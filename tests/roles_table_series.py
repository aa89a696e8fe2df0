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
GET    /e/box10/host                         403  403  403  403  403  200  200  403  403  403  403  403  403  403
POST   /e/box10/prompts                      403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /e/box10/prompts/clock                403  403  403  403  403  404  404  403  403  403  403  403  403  403
POST   /e/box10/prompt/end                   403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /prompts/{prompt}/words               403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /prompts/{prompt}/release             403  403  403  403  403  303  303  403  403  403  403  403  403  403
DELETE /prompts/{put_prompt}/release         403  403  403  403  403  303  303  403  403  403  403  403  403  403
DELETE /prompts/{prompt}                     403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /posts/{approved}/prompt              403  403  403  403  403  303  303  403  403  403  403  403  403  403
DELETE /posts/{answered}/prompt              403  403  403  403  403  303  303  403  403  403  403  403  403  403
SOCKET /live/box10/host                      4401 4401 4401 4401 4401 101  101  4401 4401 4401 4401 4401 4401 4401
GET    /e/box10/archive                      200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /e/box10/transcript                   200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /e/box10/reflection                   200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /e/box10/links                        200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /e/box10/links.csv                    200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /s/tea/links                          200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /s/tea/links.opml                     200  200  200  200  200  200  200  200  200  200  200  200  200  200
POST   /e/box10/links/{shared}/mark          403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /e/box10/links/{shared}/kind          403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /e/box10/links/{shared}/title         403  403  403  403  403  303= 303=  403  403  403  403  403  403  403
DELETE /e/box10/links/{shared}/mark          403  403  403  403  403  303  303  403  403  403  403  403  403  403
GET    /e/box10/missed                       200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /e/box10/missed.atom                  200  200  200  200  200  200  200  200  200  200  200  200  200  200
POST   /posts/{approved}/star                403  403  403  403  403  303  303  403  403  403  403  403  403  403
DELETE /posts/{starred}/star                 403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /e/box10/missed/mail                  404  404  404  404  404  404  404  404  404  404  404  404  404  404
GET    /letters/1-0                          404  404  404  404  404  404  404  404  404  404  404  404  404  404
POST   /letters/1-0                          404  404  404  404  404  404  404  404  404  404  404  404  404  404
POST   /letters/1-0/confirmation             404  404  404  404  404  404  404  404  404  404  404  404  404  404
GET    /s/tea/survey                         200  200  200  200  200  200  200  200  200  200  200  200  200  200
POST   /s/tea/survey                         403  403  403  403  403  403  422  403  403  403  403  403  403  403
DELETE /s/tea/survey                         403  403  403  403  403  403  303  403  403  403  403  403  403  403
POST   /s/tea/survey/answer                  403  303  303  303  303  303  303  303  303  303  303  303  303  303
POST   /s/tea/survey/rule                    403  403  403  403  403  403  303  403  403  403  403  403  403  403
POST   /s/tea/survey/answers/{wish}/verdict  403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /s/tea/survey/answers/{their_wish}/verdict 403  403  403  403  403  404  404  403  403  403  403  403  403  403
POST   /s/tea/themes                         403  303  303  303  303  303  303  303  303  303  303  303  303  303
POST   /s/tea/themes/{theme}/vote            403  303  303  303  303  303  303  303  303  303  303  303  303  303
DELETE /s/tea/themes/{theme}/vote            403  303=  303=  303=  303=  303=  303=  303=  303=  303=  303=  303=  303=  303=
POST   /s/tea/themes/{theme}/verdict         403  403  403  403  403  303  303  403  403  403  403  403  403  403
POST   /s/tea/themes/{their_theme}/verdict   403  403  403  403  403  404  404  403  403  403  403  403  403  403
POST   /s/tea/themes/{theme}/plan            403  403  403  403  403  403  303  403  403  403  403  403  403  403
"""
