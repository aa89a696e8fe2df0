"""Every page and every part of the API: a new one is named here, and nowhere else."""

from app.views import brand, merging, pictures, questions, talks_by_hand
from app.views.api import alarms as api_alarms
from app.views.api import backstage as api_backstage
from app.views.api import brand as api_brand
from app.views.api import chats as api_chats
from app.views.api import decisions as api_decisions
from app.views.api import documentation
from app.views.api import erasures as api_erasures
from app.views.api import event as api_event
from app.views.api import figures as api_figures
from app.views.api import overruled_rules as api_overruled
from app.views.api import posts as api_posts
from app.views.api import questions as api_questions
from app.views.api import retention as api_retention
from app.views.api import rules as api_rules
from app.views.api import scenes as api_scenes
from app.views.api import suggestions as api_suggestions
from app.views.api import takedowns as api_takedowns
from app.views.api import talks as api_talks
from app.views.api import webhooks as api_webhooks
from app.views.desk import (
    author_renames,
    authors,
    figures,
    log_page,
    red_buttons,
    seats,
    stars,
    suggestions,
    undo,
    verdicts,
)
from app.views.desk import page as desk
from app.views.desk import scenes as desk_scenes
from app.views.floor import own_posts
from app.views.floor import page as floor
from app.views.floor import rooms as floor_rooms
from app.views.home import deletion as home_deletion
from app.views.home import events as home_events
from app.views.home import page as home
from app.views.home import series as home_series
from app.views.host import page as host
from app.views.host import prompts as host_prompts
from app.views.meet import hosting as meet_hosting
from app.views.meet import page as meet_page
from app.views.meet import photos as meet_photos
from app.views.reading import archive as reading_archive
from app.views.reading import digest_mail, house_rules, sheets
from app.views.reading import missed as reading_missed
from app.views.reading import now as reading_now
from app.views.reading import reflection as reading_reflection
from app.views.reading import shelf as reading_shelf
from app.views.reading import shelf_marks as reading_shelf_marks
from app.views.reading import takedown as reading_takedown
from app.views.reading import transcript as reading_transcript
from app.views.remote import page as remote
from app.views.series import page as series_page
from app.views.series import setup as series_setup
from app.views.series import survey as series_survey
from app.views.setup import alarms as setup_alarms
from app.views.setup import brand as setup_brand
from app.views.setup import days as setup_days
from app.views.setup import erasure as setup_erasure
from app.views.setup import house_rules as setup_house_rules
from app.views.setup import keeping as setup_keeping
from app.views.setup import links as setup_links
from app.views.setup import mailed_links as setup_mailed
from app.views.setup import opening_and_closing as setup_life
from app.views.setup import overruled_rules as setup_overruled
from app.views.setup import page as setup
from app.views.setup import programme as setup_programme
from app.views.setup import programme_watch as setup_watch
from app.views.setup import rules as setup_rules
from app.views.setup import screens as setup_screens
from app.views.setup import sources as setup_sources
from app.views.setup import sponsors as setup_sponsors
from app.views.setup import takedowns as setup_takedowns
from app.views.setup import talks as setup_talks
from app.views.setup import tokens as setup_tokens
from app.views.setup import webhooks as setup_webhooks
from app.views.stage import backstage, kept_pages, marks, packs
from app.views.stage import page as stage
from app.views.wall import overlay
from app.views.wall import page as wall

PAGES = (
    home, home_events, home_deletion, home_series,
    reading_missed, digest_mail, reading_shelf, reading_shelf_marks, series_setup, series_survey, series_page,
    host, host_prompts, meet_page, meet_hosting, meet_photos,
    desk, red_buttons, desk_scenes, seats, undo, author_renames, stars, suggestions, verdicts, authors, log_page,
    figures,
    setup, setup_brand, setup_life, setup_talks, setup_links, setup_mailed, setup_programme, setup_watch, setup_sources,
    setup_sponsors,
    setup_tokens, setup_rules, setup_overruled, setup_alarms, setup_webhooks, setup_screens,
    house_rules, setup_house_rules, setup_days, sheets, reading_now, reading_transcript, reading_archive,
    reading_reflection, reading_takedown, setup_erasure, setup_keeping, setup_takedowns,
    wall, overlay, stage, remote, floor, floor_rooms, own_posts, merging, packs, marks, backstage, kept_pages,
    questions, talks_by_hand, pictures, brand, documentation,
)  # fmt: skip
API = (
    api_event, api_scenes, api_brand, api_posts, api_questions, api_rules, api_figures, api_decisions,
    api_alarms, api_webhooks, api_talks, api_erasures, api_retention, api_suggestions, api_backstage, api_chats,
    api_takedowns, api_overruled,
)  # fmt: skip
