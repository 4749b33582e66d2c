from collections import Counter

from leeward.practice_desk.invented.cast import agencies, teams


def test_whoever_opens_no_file_is_there_once_whatever_the_size():
    roles = [
        Counter(one.role for team in teams(1, block, agencies(1)).values() for one in team.workers)
        for block in (0, 7)
    ]
    assert [each["agency_administrator"] for each in roles] == [4, 0]
    assert [each["privacy_officer"] for each in roles] == [2, 0]
    assert roles[0]["supervisor"] == roles[1]["supervisor"] == 2
