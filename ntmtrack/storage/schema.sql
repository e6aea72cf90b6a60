CREATE TABLE action (
	id INTEGER NOT NULL,
	at VARCHAR NOT NULL,
	who VARCHAR NOT NULL,
	verb VARCHAR NOT NULL,
	summary VARCHAR NOT NULL,
	version VARCHAR NOT NULL, reason VARCHAR, reopened VARCHAR, undoes_id INTEGER CONSTRAINT fk_action_undoes_id REFERENCES action (id), hash VARCHAR, origin VARCHAR, done_at VARCHAR, joined_by INTEGER CONSTRAINT fk_action_joined_by REFERENCES action (id),
	CONSTRAINT pk_action PRIMARY KEY (id)
);

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE assessment (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	criteria_set VARCHAR NOT NULL,
	day VARCHAR NOT NULL,
	met INTEGER NOT NULL,
	missing VARCHAR,
	unknown VARCHAR,
	results VARCHAR,
	confidence VARCHAR NOT NULL,
	source VARCHAR,
	note VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_assessment PRIMARY KEY (id),
	CONSTRAINT fk_assessment_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT ck_assessment_met_within_reason CHECK (met BETWEEN 0 AND 200),
	CONSTRAINT ck_assessment_known_confidence CHECK (confidence IN ('recorded', 'confirmed', 'inferred', 'illustrative')),
	CONSTRAINT fk_assessment_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_assessment_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_assessment_restores_id FOREIGN KEY(restores_id) REFERENCES assessment (id)
);

CREATE TABLE award (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	movement VARCHAR,
	form VARCHAR,
	name VARCHAR NOT NULL,
	authority VARCHAR,
	year INTEGER NOT NULL,
	level VARCHAR,
	achievement VARCHAR NOT NULL,
	recipient VARCHAR,
	places INTEGER NOT NULL,
	decision_id INTEGER,
	over VARCHAR,
	source VARCHAR,
	note VARCHAR,
	person VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_award PRIMARY KEY (id),
	CONSTRAINT fk_award_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_award_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
	CONSTRAINT ck_award_places_within_reason CHECK (places BETWEEN 1 AND 10000),
	CONSTRAINT ck_award_year_within_reason CHECK (year BETWEEN 2000 AND 2100),
	CONSTRAINT fk_award_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_award_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_award_restores_id FOREIGN KEY(restores_id) REFERENCES award (id)
);

CREATE TABLE closed_year (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	year INTEGER NOT NULL,
	fingerprint VARCHAR NOT NULL,
	restores_id INTEGER,
	CONSTRAINT pk_closed_year PRIMARY KEY (id),
	CONSTRAINT fk_closed_year_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_closed_year_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_closed_year_restores_id FOREIGN KEY(restores_id) REFERENCES closed_year (id),
	CONSTRAINT ck_closed_year_year_within_reason CHECK (year BETWEEN 2000 AND 2100)
);

CREATE TABLE criterion (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	scope_id INTEGER,
	criteria_set VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	name VARCHAR,
	applies_to VARCHAR,
	year INTEGER,
	since VARCHAR,
	operator VARCHAR,
	threshold VARCHAR,
	counted_in VARCHAR,
	verified INTEGER NOT NULL,
	decision_id INTEGER,
	source VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_criterion PRIMARY KEY (id),
	CONSTRAINT fk_criterion_scope_id FOREIGN KEY(scope_id) REFERENCES unit (id),
	CONSTRAINT fk_criterion_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
	CONSTRAINT ck_criterion_known_operator CHECK (operator IN ('=', '>=', '>', '<=', '<')),
	CONSTRAINT ck_criterion_yes_or_no CHECK (verified IN (0, 1)),
	CONSTRAINT fk_criterion_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_criterion_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_criterion_restores_id FOREIGN KEY(restores_id) REFERENCES criterion (id)
);

CREATE TABLE decision (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	number VARCHAR NOT NULL,
	signed_on VARCHAR,
	issuer VARCHAR,
	note VARCHAR, restores_id INTEGER CONSTRAINT fk_decision_restores_id REFERENCES decision (id),
	CONSTRAINT pk_decision PRIMARY KEY (id),
	CONSTRAINT ck_decision_has_number CHECK (length(number) BETWEEN 1 AND 100),
	CONSTRAINT fk_decision_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_decision_voided_by FOREIGN KEY(voided_by) REFERENCES action (id)
);

CREATE TABLE measurement (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	measure VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	counted_in VARCHAR,
	owner VARCHAR,
	valid_until VARCHAR,
	decision_id INTEGER,
	confidence VARCHAR NOT NULL,
	source VARCHAR,
	note VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_measurement PRIMARY KEY (id),
	CONSTRAINT fk_measurement_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_measurement_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
	CONSTRAINT ck_measurement_year_within_reason CHECK (year BETWEEN 2000 AND 2100),
	CONSTRAINT ck_measurement_known_confidence CHECK (confidence IN ('recorded', 'confirmed', 'inferred', 'illustrative')),
	CONSTRAINT fk_measurement_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_measurement_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_measurement_restores_id FOREIGN KEY(restores_id) REFERENCES measurement (id)
);

CREATE TABLE movement (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	"key" VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	issued_on VARCHAR NOT NULL,
	issuer VARCHAR NOT NULL,
	programme VARCHAR NOT NULL,
	scope_id INTEGER NOT NULL,
	scope_code VARCHAR NOT NULL,
	scope_name VARCHAR NOT NULL,
	begins_on VARCHAR NOT NULL,
	ends_on VARCHAR NOT NULL,
	grouping VARCHAR NOT NULL,
	supersedes_id INTEGER,
	source VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_movement PRIMARY KEY (id),
	CONSTRAINT fk_movement_scope_id FOREIGN KEY(scope_id) REFERENCES unit (id),
	CONSTRAINT fk_movement_supersedes_id FOREIGN KEY(supersedes_id) REFERENCES movement (id),
	CONSTRAINT ck_movement_known_grouping CHECK (grouping IN ('district', 'former-district', 'block')),
	CONSTRAINT fk_movement_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_movement_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_movement_restores_id FOREIGN KEY(restores_id) REFERENCES movement (id)
);

CREATE TABLE movement_rule (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	movement_id INTEGER NOT NULL,
	section VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	place INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	says VARCHAR NOT NULL,
	cite VARCHAR NOT NULL,
	restores_id INTEGER,
	CONSTRAINT pk_movement_rule PRIMARY KEY (id),
	CONSTRAINT fk_movement_rule_movement_id FOREIGN KEY(movement_id) REFERENCES movement (id),
	CONSTRAINT ck_movement_rule_known_section CHECK (section IN ('date', 'award', 'condition')),
	CONSTRAINT fk_movement_rule_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_movement_rule_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_movement_rule_restores_id FOREIGN KEY(restores_id) REFERENCES movement_rule (id)
);

CREATE TABLE participation (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	programme VARCHAR NOT NULL,
	day VARCHAR NOT NULL,
	decision_id INTEGER,
	source VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_participation PRIMARY KEY (id),
	CONSTRAINT fk_participation_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_participation_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
	CONSTRAINT fk_participation_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_participation_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_participation_restores_id FOREIGN KEY(restores_id) REFERENCES participation (id)
);

CREATE TABLE published_figure (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	scope_id INTEGER NOT NULL,
	tier VARCHAR NOT NULL,
	measure VARCHAR NOT NULL,
	as_of VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	total INTEGER,
	percent VARCHAR,
	source VARCHAR NOT NULL,
	confidence VARCHAR NOT NULL, restores_id INTEGER CONSTRAINT fk_published_figure_restores_id REFERENCES published_figure (id), basis VARCHAR CONSTRAINT ck_published_figure_known_basis CHECK (basis IN ('year', 'decision')), share_of VARCHAR,
	CONSTRAINT pk_published_figure PRIMARY KEY (id),
	CONSTRAINT fk_published_figure_scope_id FOREIGN KEY(scope_id) REFERENCES unit (id),
	CONSTRAINT fk_published_figure_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_published_figure_voided_by FOREIGN KEY(voided_by) REFERENCES action (id)
);

CREATE TABLE "recognition" (
        id INTEGER NOT NULL,
        action_id INTEGER NOT NULL,
        voided_by INTEGER,
        unit_id INTEGER NOT NULL,
        programme VARCHAR NOT NULL,
        level VARCHAR NOT NULL,
        year INTEGER,
        known_by VARCHAR,
        decision_id INTEGER,
        announced_on VARCHAR,
        basis VARCHAR NOT NULL,
        confidence VARCHAR NOT NULL,
        source VARCHAR,
        note VARCHAR,
        restores_id INTEGER,
        CONSTRAINT pk_recognition PRIMARY KEY (id),
        CONSTRAINT fk_recognition_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_recognition_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
        CONSTRAINT fk_recognition_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_recognition_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
        CONSTRAINT fk_recognition_restores_id FOREIGN KEY(restores_id) REFERENCES recognition (id),
        CONSTRAINT ck_recognition_has_time CHECK (year IS NOT NULL OR known_by IS NOT NULL),
        CONSTRAINT ck_recognition_year_within_reason CHECK (year IS NULL OR year BETWEEN 2000 AND 2100),
        CONSTRAINT ck_recognition_known_basis CHECK (basis IN ('recognised', 'acknowledged', 're-recognised')),
        CONSTRAINT ck_recognition_known_confidence CHECK
            (confidence IN ('recorded', 'confirmed', 'inferred', 'illustrative'))
    );

CREATE TABLE register_entry (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	book VARCHAR NOT NULL,
	kind VARCHAR,
	party VARCHAR,
	what VARCHAR NOT NULL,
	day VARCHAR NOT NULL,
	until VARCHAR,
	amount INTEGER,
	document VARCHAR,
	source VARCHAR,
	note VARCHAR,
	person VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_register_entry PRIMARY KEY (id),
	CONSTRAINT fk_register_entry_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT ck_register_entry_known_book CHECK (book IN ('sponsorship', 'contribution', 'block', 'inspection', 'meeting', 'model')),
	CONSTRAINT ck_register_entry_amount_within_reason CHECK (amount >= 0),
	CONSTRAINT fk_register_entry_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_register_entry_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_register_entry_restores_id FOREIGN KEY(restores_id) REFERENCES register_entry (id)
);

CREATE TABLE registration (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	pledge VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	sent_on VARCHAR,
	sender_id INTEGER,
	received_on VARCHAR,
	document VARCHAR,
	source VARCHAR,
	note VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_registration PRIMARY KEY (id),
	CONSTRAINT fk_registration_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_registration_sender_id FOREIGN KEY(sender_id) REFERENCES unit (id),
	CONSTRAINT ck_registration_known_pledge CHECK (pledge IN ('level', 'criteria', 'text')),
	CONSTRAINT ck_registration_year_within_reason CHECK (year BETWEEN 2000 AND 2100),
	CONSTRAINT fk_registration_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_registration_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_registration_restores_id FOREIGN KEY(restores_id) REFERENCES registration (id)
);

CREATE TABLE review (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	programme VARCHAR NOT NULL,
	level VARCHAR,
	result VARCHAR NOT NULL,
	day VARCHAR NOT NULL,
	decision_id INTEGER,
	source VARCHAR,
	note VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_review PRIMARY KEY (id),
	CONSTRAINT fk_review_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_review_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
	CONSTRAINT ck_review_known_result CHECK (result IN ('proposed', 'lapsed')),
	CONSTRAINT fk_review_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_review_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_review_restores_id FOREIGN KEY(restores_id) REFERENCES review (id)
);

CREATE TABLE revocation (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	recognition_id INTEGER NOT NULL,
	decision_id INTEGER,
	day VARCHAR NOT NULL,
	reason VARCHAR, restores_id INTEGER CONSTRAINT fk_revocation_restores_id REFERENCES revocation (id),
	CONSTRAINT pk_revocation PRIMARY KEY (id),
	CONSTRAINT fk_revocation_recognition_id FOREIGN KEY(recognition_id) REFERENCES recognition (id),
	CONSTRAINT fk_revocation_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
	CONSTRAINT fk_revocation_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_revocation_voided_by FOREIGN KEY(voided_by) REFERENCES action (id)
);

CREATE TABLE "roadmap" (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	"key" VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	issued_on VARCHAR NOT NULL,
	issuer VARCHAR NOT NULL,
	programme VARCHAR NOT NULL,
	scope_id INTEGER,
	base_year INTEGER NOT NULL,
	supersedes_id INTEGER,
	source VARCHAR,
	scope_code VARCHAR DEFAULT '' NOT NULL,
	scope_name VARCHAR DEFAULT '' NOT NULL,
	restores_id INTEGER,
	CONSTRAINT pk_roadmap PRIMARY KEY (id),
	CONSTRAINT fk_roadmap_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_roadmap_scope_id FOREIGN KEY(scope_id) REFERENCES unit (id),
	CONSTRAINT fk_roadmap_supersedes_id FOREIGN KEY(supersedes_id) REFERENCES roadmap (id),
	CONSTRAINT fk_roadmap_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_roadmap_restores_id FOREIGN KEY(restores_id) REFERENCES roadmap (id)
);

CREATE TABLE setting (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL, restores_id INTEGER CONSTRAINT fk_setting_restores_id REFERENCES setting (id),
	CONSTRAINT pk_setting PRIMARY KEY (id),
	CONSTRAINT fk_setting_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_setting_voided_by FOREIGN KEY(voided_by) REFERENCES action (id)
);

CREATE TABLE succession (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	predecessor_id INTEGER NOT NULL,
	successor_id INTEGER NOT NULL,
	extent VARCHAR NOT NULL,
	day VARCHAR NOT NULL,
	resolution VARCHAR, restores_id INTEGER CONSTRAINT fk_succession_restores_id REFERENCES succession (id), main INTEGER CONSTRAINT ck_succession_yes_or_no CHECK (main IN (0, 1)),
	CONSTRAINT pk_succession PRIMARY KEY (id),
	CONSTRAINT fk_succession_predecessor_id FOREIGN KEY(predecessor_id) REFERENCES unit (id),
	CONSTRAINT fk_succession_successor_id FOREIGN KEY(successor_id) REFERENCES unit (id),
	CONSTRAINT ck_succession_known_extent CHECK (extent IN ('whole', 'part')),
	CONSTRAINT fk_succession_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_succession_voided_by FOREIGN KEY(voided_by) REFERENCES action (id)
);

CREATE TABLE "target" (
        id INTEGER NOT NULL,
        action_id INTEGER NOT NULL,
        voided_by INTEGER,
        roadmap_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        tier VARCHAR NOT NULL,
        measure VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        span VARCHAR NOT NULL,
        nature VARCHAR NOT NULL,
        operator VARCHAR NOT NULL,
        added INTEGER,
        cumulative INTEGER,
        cumulative_high INTEGER,
        percent VARCHAR,
        total INTEGER,
        share_of VARCHAR NOT NULL,
        cite VARCHAR NOT NULL,
        percent_high VARCHAR,
        value VARCHAR,
        value_high VARCHAR,
        base VARCHAR,
        readings VARCHAR,
        part_of VARCHAR,
        name VARCHAR,
        counted_in VARCHAR,
        within VARCHAR,
        each VARCHAR,
        begins_on VARCHAR,
        due_on VARCHAR,
        note VARCHAR,
        added_high INTEGER,
        threshold INTEGER,
        relative_to INTEGER,
        counts VARCHAR DEFAULT 'at-least' NOT NULL,
        within_id INTEGER,
        restores_id INTEGER,
        percent_operator VARCHAR, of_set VARCHAR CONSTRAINT ck_target_known_set CHECK (of_set IN ('programme', 'carried', 'both', 'open')), hold INTEGER CONSTRAINT ck_target_yes_or_no CHECK (hold IN (0, 1)),
        CONSTRAINT pk_target PRIMARY KEY (id),
        CONSTRAINT fk_target_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_target_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
        CONSTRAINT fk_target_roadmap_id FOREIGN KEY(roadmap_id) REFERENCES roadmap (id),
        CONSTRAINT fk_target_within_id FOREIGN KEY(within_id) REFERENCES unit (id),
        CONSTRAINT fk_target_restores_id FOREIGN KEY(restores_id) REFERENCES target (id),
        CONSTRAINT ck_target_known_operator CHECK (operator IN ('=', '>=', '>', '<=', '<', 'about', 'range')),
        CONSTRAINT ck_target_known_percent_operator CHECK (percent_operator IN ('=', '>=', '>', '<=', '<', 'about')),
        CONSTRAINT ck_target_known_nature CHECK (nature IN ('target', 'actual', 'baseline')),
        CONSTRAINT ck_target_known_span CHECK (span IN ('year', 'period')),
        CONSTRAINT ck_target_known_share CHECK
            (share_of IN ('all', 'ntm', 'nested', 'registered', 'remaining', 'open', 'other')),
        CONSTRAINT ck_target_known_counts CHECK (counts IN ('at-least', 'highest')),
        CONSTRAINT ck_target_year_within_reason CHECK (year BETWEEN 2000 AND 2100)
    );

CREATE TABLE "target_unit" (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	target_id INTEGER NOT NULL,
	unit_id INTEGER,
	printed VARCHAR NOT NULL,
	role VARCHAR DEFAULT 'units' NOT NULL, restores_id INTEGER CONSTRAINT fk_target_unit_restores_id REFERENCES target_unit (id),
	CONSTRAINT pk_target_unit PRIMARY KEY (id),
	CONSTRAINT fk_target_unit_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_target_unit_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_target_unit_target_id FOREIGN KEY(target_id) REFERENCES target (id),
	CONSTRAINT fk_target_unit_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT ck_target_unit_known_role CHECK (role IN ('units', 'reserve', 'registered'))
);

CREATE TABLE task_state (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	"plan" VARCHAR NOT NULL,
	task VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	day VARCHAR NOT NULL,
	due_on VARCHAR,
	owner VARCHAR,
	evidence VARCHAR,
	note VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_task_state PRIMARY KEY (id),
	CONSTRAINT fk_task_state_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT ck_task_state_known_state CHECK (state IN ('open', 'done', 'dropped')),
	CONSTRAINT fk_task_state_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_task_state_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_task_state_restores_id FOREIGN KEY(restores_id) REFERENCES task_state (id)
);

CREATE TABLE unit (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	CONSTRAINT pk_unit PRIMARY KEY (id),
	CONSTRAINT fk_unit_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_unit_voided_by FOREIGN KEY(voided_by) REFERENCES action (id)
);

CREATE TABLE unit_list (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	scope_id INTEGER NOT NULL,
	complete_since VARCHAR NOT NULL,
	source VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_unit_list PRIMARY KEY (id),
	CONSTRAINT fk_unit_list_scope_id FOREIGN KEY(scope_id) REFERENCES unit (id),
	CONSTRAINT fk_unit_list_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_unit_list_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_unit_list_restores_id FOREIGN KEY(restores_id) REFERENCES unit_list (id)
);

CREATE TABLE unit_mark (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	voided_by INTEGER,
	unit_id INTEGER NOT NULL,
	mark VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	since VARCHAR NOT NULL,
	decision_id INTEGER,
	source VARCHAR,
	restores_id INTEGER,
	CONSTRAINT pk_unit_mark PRIMARY KEY (id),
	CONSTRAINT fk_unit_mark_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_unit_mark_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
	CONSTRAINT fk_unit_mark_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_unit_mark_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
	CONSTRAINT fk_unit_mark_restores_id FOREIGN KEY(restores_id) REFERENCES unit_mark (id)
);

CREATE TABLE "unit_version" (
        id INTEGER NOT NULL,
        action_id INTEGER NOT NULL,
        voided_by INTEGER,
        unit_id INTEGER NOT NULL,
        code VARCHAR,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        tier VARCHAR NOT NULL,
        parent_id INTEGER,
        since VARCHAR,
        until VARCHAR,
        resolution VARCHAR,
        restores_id INTEGER,
        CONSTRAINT pk_unit_version PRIMARY KEY (id),
        CONSTRAINT fk_unit_version_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_unit_version_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
        CONSTRAINT fk_unit_version_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_unit_version_parent_id FOREIGN KEY(parent_id) REFERENCES unit (id),
        CONSTRAINT fk_unit_version_restores_id FOREIGN KEY(restores_id) REFERENCES unit_version (id),
        CONSTRAINT ck_unit_version_known_kind CHECK
            ((tier = 'province' AND kind IN ('tỉnh', 'thành phố'))
             OR (tier = 'district' AND kind IN ('huyện', 'thị xã', 'thành phố', 'quận'))
             OR (tier = 'commune' AND kind IN ('xã', 'phường', 'thị trấn', 'đặc khu'))
             OR (tier = 'village' AND kind IN ('thôn', 'bản', 'ấp', 'làng', 'buôn', 'bon', 'xóm', 'khóm', 'phum',
                 'sóc', 'khu', 'khu phố', 'tiểu khu', 'tổ dân phố'))),
        CONSTRAINT ck_unit_version_since_before_until CHECK (since IS NULL OR until IS NULL OR since < until),
        CONSTRAINT ck_unit_version_has_name CHECK (length(name) BETWEEN 1 AND 100)
    );

CREATE INDEX ix_assessment_action_id ON assessment (action_id);

CREATE INDEX ix_assessment_restores_id ON assessment (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_assessment_voided_by ON assessment (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_award_action_id ON award (action_id);

CREATE INDEX ix_award_restores_id ON award (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_award_voided_by ON award (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_criterion_action_id ON criterion (action_id);

CREATE INDEX ix_criterion_restores_id ON criterion (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_criterion_voided_by ON criterion (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_decision_action_id ON decision (action_id);

CREATE INDEX ix_decision_number ON decision (number);

CREATE INDEX ix_decision_restores_id ON decision (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_decision_voided_by ON decision (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_measurement_action_id ON measurement (action_id);

CREATE INDEX ix_measurement_restores_id ON measurement (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_measurement_voided_by ON measurement (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_movement_action_id ON movement (action_id);

CREATE INDEX ix_movement_restores_id ON movement (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_movement_rule_action_id ON movement_rule (action_id);

CREATE INDEX ix_movement_rule_movement_id ON movement_rule (movement_id);

CREATE INDEX ix_movement_rule_restores_id ON movement_rule (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_movement_rule_voided_by ON movement_rule (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_movement_voided_by ON movement (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_recognition_action_id ON recognition (action_id);

CREATE INDEX ix_recognition_restores_id ON recognition (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_recognition_unit_id ON recognition (unit_id);

CREATE INDEX ix_recognition_voided_by ON recognition (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_register_entry_action_id ON register_entry (action_id);

CREATE INDEX ix_register_entry_restores_id ON register_entry (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_register_entry_voided_by ON register_entry (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_registration_action_id ON registration (action_id);

CREATE INDEX ix_registration_restores_id ON registration (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_registration_voided_by ON registration (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_revocation_recognition_id ON revocation (recognition_id);

CREATE INDEX ix_setting_key ON setting ("key");

CREATE INDEX ix_succession_action_id ON succession (action_id);

CREATE INDEX ix_succession_successor_id ON succession (successor_id);

CREATE INDEX ix_target_action_id ON target (action_id);

CREATE INDEX ix_target_restores_id ON target (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_target_roadmap_id ON target (roadmap_id);

CREATE INDEX ix_target_unit_action_id ON target_unit (action_id);

CREATE INDEX ix_target_unit_restores_id ON target_unit (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_target_unit_target_id ON target_unit (target_id);

CREATE INDEX ix_target_unit_voided_by ON target_unit (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_target_voided_by ON target (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_task_state_action_id ON task_state (action_id);

CREATE INDEX ix_task_state_restores_id ON task_state (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_task_state_voided_by ON task_state (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_unit_action_id ON unit (action_id);

CREATE INDEX ix_unit_mark_action_id ON unit_mark (action_id);

CREATE INDEX ix_unit_mark_restores_id ON unit_mark (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_unit_mark_voided_by ON unit_mark (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_unit_version_action_id ON unit_version (action_id);

CREATE INDEX ix_unit_version_code ON unit_version (code);

CREATE INDEX ix_unit_version_name_key ON unit_version (name_key);

CREATE INDEX ix_unit_version_parent_id ON unit_version (parent_id);

CREATE INDEX ix_unit_version_restores_id ON unit_version (restores_id) WHERE restores_id IS NOT NULL;

CREATE INDEX ix_unit_version_unit_id ON unit_version (unit_id);

CREATE INDEX ix_unit_version_voided_by ON unit_version (voided_by) WHERE voided_by IS NOT NULL;

CREATE INDEX ix_unit_voided_by ON unit (voided_by) WHERE voided_by IS NOT NULL;

CREATE UNIQUE INDEX uq_assessment_current ON assessment (unit_id, criteria_set, day) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_closed_year_current ON closed_year (year) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_criterion_current ON criterion (criteria_set, code, coalesce(scope_id, 0), coalesce(applies_to, ''), coalesce(year, 0), coalesce(since, '')) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_decision_current ON decision (number, coalesce(issuer, ''), coalesce(signed_on, '')) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_measurement_current ON measurement (unit_id, measure, year, name) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_movement_current ON movement ("key") WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_participation_current ON participation (unit_id, programme) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_registration_current ON registration (unit_id, year, pledge, CASE pledge WHEN 'text' THEN value ELSE '' END) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_review_current ON review (unit_id, programme) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_roadmap_current ON roadmap ("key") WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_succession_current ON succession (predecessor_id, successor_id) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_task_state_current ON task_state (unit_id, "plan", task, day) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_unit_list_current ON unit_list (scope_id) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX uq_unit_mark_current ON unit_mark (unit_id, mark, since) WHERE voided_by IS NULL;

CREATE TRIGGER action_never_deleted BEFORE DELETE ON action BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER setting_never_deleted BEFORE DELETE ON setting BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER unit_never_deleted BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER succession_never_deleted BEFORE DELETE ON succession BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER decision_never_deleted BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER revocation_never_deleted BEFORE DELETE ON revocation BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER published_figure_never_deleted BEFORE DELETE ON published_figure BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER roadmap_never_deleted BEFORE DELETE ON roadmap BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER target_unit_never_deleted BEFORE DELETE ON target_unit BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER closed_year_never_deleted BEFORE DELETE ON closed_year BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER unit_never_changed BEFORE UPDATE OF id, action_id ON unit BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER unit_stays_voided BEFORE UPDATE OF voided_by ON unit WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER setting_never_changed BEFORE UPDATE OF id, action_id, key, value, restores_id ON setting BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER setting_stays_voided BEFORE UPDATE OF voided_by ON setting WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER succession_stays_voided BEFORE UPDATE OF voided_by ON succession WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER decision_never_changed BEFORE UPDATE OF id, action_id, number, signed_on, issuer, note, restores_id ON decision BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER decision_stays_voided BEFORE UPDATE OF voided_by ON decision WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER revocation_never_changed BEFORE UPDATE OF id, action_id, recognition_id, decision_id, day, reason, restores_id ON revocation BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER revocation_stays_voided BEFORE UPDATE OF voided_by ON revocation WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER target_unit_never_changed BEFORE UPDATE OF id, action_id, target_id, unit_id, printed, role, restores_id ON target_unit BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER target_unit_stays_voided BEFORE UPDATE OF voided_by ON target_unit WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER roadmap_never_changed BEFORE UPDATE OF id, action_id, key, title, number, issued_on, issuer, programme, scope_id, base_year, supersedes_id, source, scope_code, scope_name, restores_id ON roadmap BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER roadmap_stays_voided BEFORE UPDATE OF voided_by ON roadmap WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER published_figure_stays_voided BEFORE UPDATE OF voided_by ON published_figure WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER closed_year_never_changed BEFORE UPDATE OF id, action_id, year, fingerprint, restores_id ON closed_year BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER closed_year_stays_voided BEFORE UPDATE OF voided_by ON closed_year WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER action_sealed BEFORE UPDATE ON action WHEN OLD.hash IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a sealed action is never changed'); END;

CREATE TRIGGER target_never_deleted BEFORE DELETE ON target BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER target_stays_voided BEFORE UPDATE OF voided_by ON target WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER recognition_once_insert AFTER INSERT ON recognition BEGIN
    SELECT RAISE(ABORT, 'one standing recognition per unit and level')
    WHERE NEW.voided_by IS NULL AND EXISTS (
        SELECT 1 FROM recognition AS other
        WHERE other.unit_id = NEW.unit_id AND other.id IS NOT NEW.id AND other.voided_by IS NULL
          AND other.programme = NEW.programme AND other.level = NEW.level
          AND NOT EXISTS (SELECT 1 FROM revocation
                          WHERE recognition_id = other.id AND voided_by IS NULL))
; END;

CREATE TRIGGER recognition_once_update AFTER UPDATE ON recognition BEGIN
    SELECT RAISE(ABORT, 'one standing recognition per unit and level')
    WHERE NEW.voided_by IS NULL AND EXISTS (
        SELECT 1 FROM recognition AS other
        WHERE other.unit_id = NEW.unit_id AND other.id IS NOT NEW.id AND other.voided_by IS NULL
          AND other.programme = NEW.programme AND other.level = NEW.level
          AND NOT EXISTS (SELECT 1 FROM revocation
                          WHERE recognition_id = other.id AND voided_by IS NULL))
; END;

CREATE TRIGGER recognition_never_deleted BEFORE DELETE ON recognition BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER recognition_never_changed BEFORE UPDATE OF id, action_id, unit_id, programme, level, year, known_by, decision_id, announced_on, basis, confidence, source, note, restores_id ON recognition BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER recognition_stays_voided BEFORE UPDATE OF voided_by ON recognition WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER revocation_once_update AFTER UPDATE OF voided_by ON revocation BEGIN
    SELECT RAISE(ABORT, 'one standing recognition per unit and level')
    WHERE NEW.voided_by IS NOT NULL AND EXISTS (
        SELECT 1 FROM recognition AS own JOIN recognition AS other
               ON other.unit_id = own.unit_id AND other.programme = own.programme AND other.level = own.level
        WHERE own.id = NEW.recognition_id AND own.voided_by IS NULL
          AND other.id <> own.id AND other.voided_by IS NULL
          AND NOT EXISTS (SELECT 1 FROM revocation WHERE recognition_id = own.id AND voided_by IS NULL)
          AND NOT EXISTS (SELECT 1 FROM revocation WHERE recognition_id = other.id AND voided_by IS NULL))
; END;

CREATE TRIGGER succession_never_changed BEFORE UPDATE OF id, action_id, predecessor_id, successor_id, extent, day, resolution, restores_id, main ON succession BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER target_never_changed BEFORE UPDATE OF id, action_id, roadmap_id, place, tier, measure, year, span, nature, operator, added, cumulative, cumulative_high, percent, total, share_of, cite, percent_high, value, value_high, base, readings, part_of, name, counted_in, within, each, begins_on, due_on, note, added_high, threshold, relative_to, counts, within_id, restores_id, percent_operator, of_set, hold ON target BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER review_never_deleted BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER review_never_changed BEFORE UPDATE OF id, action_id, unit_id, programme, level, result, day, decision_id, source, note, restores_id ON review BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER review_stays_voided BEFORE UPDATE OF voided_by ON review WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER participation_never_deleted BEFORE DELETE ON participation BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER participation_never_changed BEFORE UPDATE OF id, action_id, unit_id, programme, day, decision_id, source, restores_id ON participation BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER participation_stays_voided BEFORE UPDATE OF voided_by ON participation WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER unit_list_never_deleted BEFORE DELETE ON unit_list BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER unit_list_never_changed BEFORE UPDATE OF id, action_id, scope_id, complete_since, source, restores_id ON unit_list BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER unit_list_stays_voided BEFORE UPDATE OF voided_by ON unit_list WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER unit_version_no_overlap_insert AFTER INSERT ON unit_version BEGIN
    SELECT RAISE(ABORT, 'overlapping versions of a unit')
    WHERE NEW.voided_by IS NULL AND EXISTS (
        SELECT 1 FROM unit_version AS other
        WHERE other.unit_id = NEW.unit_id AND other.id IS NOT NEW.id AND other.voided_by IS NULL
          AND coalesce(other.since, '') < coalesce(NEW.until, '9999')
          AND coalesce(NEW.since, '') < coalesce(other.until, '9999'))
; END;

CREATE TRIGGER unit_version_no_overlap_update AFTER UPDATE ON unit_version BEGIN
    SELECT RAISE(ABORT, 'overlapping versions of a unit')
    WHERE NEW.voided_by IS NULL AND EXISTS (
        SELECT 1 FROM unit_version AS other
        WHERE other.unit_id = NEW.unit_id AND other.id IS NOT NEW.id AND other.voided_by IS NULL
          AND coalesce(other.since, '') < coalesce(NEW.until, '9999')
          AND coalesce(NEW.since, '') < coalesce(other.until, '9999'))
; END;

CREATE TRIGGER unit_version_never_deleted BEFORE DELETE ON unit_version BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER unit_version_never_changed BEFORE UPDATE OF id, action_id, unit_id, code, name, name_key, kind, tier, parent_id, since, until, resolution, restores_id ON unit_version BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER unit_version_stays_voided BEFORE UPDATE OF voided_by ON unit_version WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER unit_version_code_once_insert AFTER INSERT ON unit_version BEGIN
    SELECT RAISE(ABORT, 'one unit to a code on any day')
    WHERE NEW.voided_by IS NULL AND NEW.code IS NOT NULL AND EXISTS (
        SELECT 1 FROM unit_version AS other
        WHERE other.code = NEW.code AND other.unit_id <> NEW.unit_id AND other.voided_by IS NULL
          AND coalesce(other.since, '') < coalesce(NEW.until, '9999')
          AND coalesce(NEW.since, '') < coalesce(other.until, '9999'))
; END;

CREATE TRIGGER published_figure_never_changed BEFORE UPDATE OF id, action_id, scope_id, tier, measure, as_of, value, total, percent, source, confidence, restores_id, basis, share_of ON published_figure BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER criterion_never_deleted BEFORE DELETE ON criterion BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER criterion_never_changed BEFORE UPDATE OF id, action_id, scope_id, criteria_set, code, name, applies_to, year, since, operator, threshold, counted_in, verified, decision_id, source, restores_id ON criterion BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER criterion_stays_voided BEFORE UPDATE OF voided_by ON criterion WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER unit_mark_never_deleted BEFORE DELETE ON unit_mark BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER unit_mark_never_changed BEFORE UPDATE OF id, action_id, unit_id, mark, value, since, decision_id, source, restores_id ON unit_mark BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER unit_mark_stays_voided BEFORE UPDATE OF voided_by ON unit_mark WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER assessment_never_deleted BEFORE DELETE ON assessment BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER assessment_never_changed BEFORE UPDATE OF id, action_id, unit_id, criteria_set, day, met, missing, unknown, results, confidence, source, note, restores_id ON assessment BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER assessment_stays_voided BEFORE UPDATE OF voided_by ON assessment WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER measurement_never_deleted BEFORE DELETE ON measurement BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER measurement_never_changed BEFORE UPDATE OF id, action_id, unit_id, measure, year, name, value, counted_in, owner, valid_until, decision_id, confidence, source, note, restores_id ON measurement BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER measurement_stays_voided BEFORE UPDATE OF voided_by ON measurement WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER task_state_never_deleted BEFORE DELETE ON task_state BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER task_state_never_changed BEFORE UPDATE OF id, action_id, unit_id, plan, task, state, day, due_on, owner, evidence, note, restores_id ON task_state BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER task_state_stays_voided BEFORE UPDATE OF voided_by ON task_state WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER movement_never_deleted BEFORE DELETE ON movement BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER movement_never_changed BEFORE UPDATE OF id, action_id, key, title, number, issued_on, issuer, programme, scope_id, scope_code, scope_name, begins_on, ends_on, grouping, supersedes_id, source, restores_id ON movement BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER movement_stays_voided BEFORE UPDATE OF voided_by ON movement WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER movement_rule_never_deleted BEFORE DELETE ON movement_rule BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER movement_rule_never_changed BEFORE UPDATE OF id, action_id, movement_id, section, key, place, name, says, cite, restores_id ON movement_rule BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER movement_rule_stays_voided BEFORE UPDATE OF voided_by ON movement_rule WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER registration_never_deleted BEFORE DELETE ON registration BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER registration_never_changed BEFORE UPDATE OF id, action_id, unit_id, year, pledge, value, sent_on, sender_id, received_on, document, source, note, restores_id ON registration BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER registration_stays_voided BEFORE UPDATE OF voided_by ON registration WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER award_never_deleted BEFORE DELETE ON award BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER award_never_changed BEFORE UPDATE OF id, action_id, unit_id, movement, form, name, authority, year, level, achievement, recipient, places, decision_id, over, source, note, person, restores_id ON award BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER award_stays_voided BEFORE UPDATE OF voided_by ON award WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

CREATE TRIGGER register_entry_never_deleted BEFORE DELETE ON register_entry BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END;

CREATE TRIGGER register_entry_never_changed BEFORE UPDATE OF id, action_id, unit_id, book, kind, party, what, day, until, amount, document, source, note, person, restores_id ON register_entry BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END;

CREATE TRIGGER register_entry_stays_voided BEFORE UPDATE OF voided_by ON register_entry WHEN OLD.voided_by IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END;

