"""Refusals of awards and of what they are proposed for."""

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_


class UnknownAward(DidYouMean):
    said = N_("The movement {movement} has no form of award {typed}: it has {known}.")
    hint = N_("See them: ntmtrack movement show {movement}")


class UnknownAwardGiven(UnknownAward):
    hint = N_("See them: ntmtrack movement show {movement}   One that it does not have: --name TEXT")


class AwardNeeded(NtmError):
    exit_code = 2
    said = N_("Which award was given is not told.")
    hint = N_("Write --form KEY for one of the movement's, or --name TEXT for another.")


class AwardYearNeeded(NtmError):
    exit_code = 2
    said = N_("The year of the achievement is not told.")
    hint = N_("Write --year, e.g. --year 2023.")


class AwardOfYearToCome(NtmError):
    said = N_("The year {year} has not begun (today is {today}): nothing can have been achieved in it.")
    hint = N_("Write the year of the achievement: --year YEAR")


class AchievementNeeded(NtmError):
    said = N_("An award is given for something: what {unit} did is not told, and the form of award does not tell it.")
    hint = N_("Write --level LEVEL where it reached a level, or --achievement TEXT.")


class AwardLevelNeeded(NtmError):
    said = N_("{unit} was recognised at several levels in {year}: {levels}.")
    hint = N_("Say for which the award was given: --level LEVEL")


class AwardOfOtherLevel(NtmError):
    said = N_("The form of award {form} ({cite}) is for {levels}, not for {level}.")
    hint = N_("Check --form and --level; see: ntmtrack movement show {movement}")


class AwardOfOtherTier(NtmError):
    said = N_("The form of award {form} ({cite}) is for units such as a {kind}; {unit} is none.")
    hint = N_("Check the unit and --form; see: ntmtrack movement show {movement}")


class AwardOutsideMovement(NtmError):
    said = N_("{unit} does not lie in {scope}, whose movement {movement} is.")
    hint = N_("Check the unit, or say which movement is meant: --movement KEY")


class NotRecognisedThen(NtmError):
    said = N_("No recognition of {unit} at {level} for {year} is on record: {known}.")
    hint = N_("Record it first: ntmtrack record; or check --year and --level.")


class RecognitionFell(NtmError):
    said = N_("The recognition of {unit} at {level} for {year} was revoked on {revoked}: an award falls with it.")
    hint = N_("One given before that: tell the day of its decision, --decision NUMBER --date DAY.")


class AcknowledgedOnly(NtmError):
    said = N_("{level} of {unit} for {year} was acknowledged after a merger, not newly recognised: it earns no award.")
    hint = N_("For another achievement: {other}")


class PersonAsRecipient(NtmError):
    said = N_("What is written for whom the award was may be a person's name: names are kept apart.")
    hint = N_('Write the role in small letters, --recipient "cán bộ xã", and the name by itself: --person NAME')


class NotAtReview(NtmError):
    said = N_("The form of award {form} ({cite}) is given at reviews only, in {years}; not in {year}.")
    hint = N_("Check --year and --form.")


class RecipientNeeded(NtmError):
    said = N_("The form of award {form} ({cite}) is not for the unit itself: who was rewarded is not told.")
    hint = N_("Write the collective, agency or role: --recipient TEXT")


class NotForThisAward(NtmError):
    exit_code = 2
    said = N_("{options} cannot be told of the form of award {form} ({cite}): it is for {recipient}.")
    hint = N_("Leave it out, or check --form.")


class AlreadyRewarded(NtmError):
    said = N_("{unit} was rewarded for this already, “{achievement}”: {award}.")
    hint = N_(
        "The same achievement is not rewarded twice; another one: {other}   To correct the one on record: --reason TEXT"
    )


class HadThisAward(NtmError):
    said = N_("{recipient} has had the form of award {form} ({cite}), which is given {frequency}: {award}.")
    hint = "{way}"


class PartRewarded(NtmError):
    said = N_("{form} ({cite}) is for one unit of each part and year; besides {unit} another has it: {first}.")
    hint = N_("To give a second one, say why: --over TEXT")


class PlacesExceeded(NtmError):
    said = N_(
        "{form} ({cite}): {whose} has {earned} places for {year}, {used} are used, {left} left; {places} are too many."
    )
    hint = N_("See: ntmtrack quota --year {year}   To give more, say why: --over TEXT")


class NothingAwarded(NtmError):
    said = N_("No such award of {unit} for {year} is on record that could be corrected: {known}.")
    hint = N_("See: ntmtrack award --year {year}   A new one: leave --reason out.")


class PersonsOnScreenOnly(NtmError):
    exit_code = 2
    said = N_("Names of persons are shown in a table on the screen only: not in files, nor for other programs.")
    hint = N_("Leave --persons out, or -f and -o.")
