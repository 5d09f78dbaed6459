import AQICore
import Response
package import Texts
import Warnings

extension DocumentSource {
    /// The warning bulletin of an issue, an upgrade or a downgrade, with every part of Plan 四(五)3.
    package func bulletin(of change: Change, in language: Language) -> Document {
        let words = language.words
        var document = Document(
            language, title: words.bulletinTitle(city: words.text(response.city.name), change.event.level))
        document.blocks = opening(words) + [.banner(levelLine(change, words), change.event.level)]
        document.blocks.append(.facts(facts(of: change, words)))
        if change == changes.last, !areaLevels.isEmpty {
            document.blocks += [.heading(words.label(.areaLevels)), .list(areaLevels.map(words.areaLevel))]
        }
        document.blocks += addressees(words) + measures(of: change, words) + [repetition(words)]
        return document
    }

    /// The notice of what the public hears at once: an issue, an upgrade, a downgrade, a lift, or a lift and the next issue.
    package func notice(_ notice: PublicNotice, in language: Language) -> Document {
        let words = language.words
        let titles = notice.changes.map { words.change($0.event.kind, $0.event.level) }
        var document = Document(language, title: words.noticeTitle(city: words.text(response.city.name), titles))
        document.blocks = opening(words)
        for change in notice.changes {
            let isLift = change.event.kind == .lifted
            document.blocks.append(.banner(levelLine(change, words), isLift ? nil : change.event.level))
            document.blocks.append(.facts(isLift ? liftFacts(of: change, words) : facts(of: change, words)))
            if isLift, notice.changes.count > 1 { document.blocks.append(.paragraph(words.label(.nextWarning))) }
        }
        document.blocks += addressees(words)
        if let last = notice.changes.last, last.event.kind != .lifted { document.blocks += measures(of: last, words) }
        return document
    }

    // MARK: - Parts

    private func opening(_ words: any Words) -> [Document.Block] {
        isExercise ? [.banner(words.label(.exercise), nil)] : []
    }

    private func levelLine(_ change: Change, _ words: any Words) -> String {
        words.changeAndResponse(change.event.kind, change.event.level)
    }

    func issuer(_ words: any Words) -> String {
        fields.issuer ?? words.headquartersOffice(of: words.text(response.city.name))
    }

    private func facts(of change: Change, _ words: any Words) -> [Document.Fact] {
        let event = change.event
        let spell = event.spell
        let starts = spell?.starts.beginning
        // Without a forecast a spell is known up to now: its end is not.
        let ends = spell.map(\.last.endingLabel).flatMap { $0 > change.issued ? $0 : nil }
        let degree = event.evidence.largestAhead ?? event.evidence.index24
        var facts: [Document.Fact] = [
            Document.Fact(words.label(.issuer), issuer(words)),
            Document.Fact(words.label(.number), "\(event.number)"),
            Document.Fact(words.label(.timeOfIssue), words.when(change.issued)),
            Document.Fact(words.label(.warningLevel), words.response(to: event.level, in: nil)),
            fact(
                .pollutionComes, .pollutionPeriod,
                fields.pollutionPeriod
                    ?? starts.map {
                        words.period(from: words.when($0), to: ends.map(words.when) ?? words.label(.notKnown))
                    }, words),
            Document.Fact(words.label(.area), fields.area ?? words.text(response.city.name)),
            fact(
                .degree, .degree,
                fields.degree ?? degree.map { words.degree(AirQualityLevel(index: $0), index: $0) }, words),
            fact(.primaryPollutant, .primaryPollutant, fields.primaryPollutant ?? primary(event, words), words),
            fact(.weather, .weather, fields.weather, words),
            // Issued ahead, the response begins with the pollution; else at once. [ours]
            Document.Fact(words.label(.responseFrom), fields.responseFrom ?? words.when(responseStart(of: change))),
            fact(.responseUntil, .responseUntil, fields.responseUntil ?? ends.map(words.when), words),
            signature(change, words),
        ]
        if let reason = fields.reason { facts.append(Document.Fact(words.label(.reason), reason)) }
        if event.isEmergency { facts.append(Document.Fact(words.label(.basis), words.label(.emergency))) }
        if let remarks = fields.remarks { facts.append(Document.Fact(words.label(.remarks), remarks)) }
        return facts
    }

    /// When the response to a change begins.
    func responseStart(of change: Change) -> Instant {
        max(change.issued, change.event.spell?.starts.beginning ?? change.issued)
    }

    private func liftFacts(of change: Change, _ words: any Words) -> [Document.Fact] {
        // A lift by hand, or after an order, has a reason that only people know.
        let byRule = change.event.basis == .forecast ? words.label(.liftReason) : nil
        return [
            Document.Fact(words.label(.issuer), issuer(words)),
            Document.Fact(words.label(.number), "\(change.event.number)"),
            Document.Fact(words.label(.timeOfIssue), words.when(change.issued)),
            Document.Fact(words.label(.area), fields.area ?? words.text(response.city.name)),
            fact(.reason, .reason, fields.reason ?? byRule, words),
            Document.Fact(words.label(.responseUntil), words.when(change.issued)),
            signature(change, words),
        ]
    }

    /// What is known, or a blank that a field fills.
    private func fact(
        _ label: DocumentLabel, _ field: DocumentFields.CodingKeys, _ value: String?, _ words: any Words
    ) -> Document.Fact {
        Document.Fact(words.label(label), value, missing: value == nil ? field : nil)
    }

    private func primary(_ event: WarningEvent, _ words: any Words) -> String? {
        let names = Indicator.allSeven.filter(event.primary.contains).map(words.indicator)
        return names.isEmpty ? nil : words.list(names)
    }

    /// Role and person, who is the ledger's before that of a field; a blank for the person where nobody wrote it down.
    private func signature(_ change: Change, _ words: any Words) -> Document.Fact {
        let person = change.signer ?? fields.signedBy
        let value = change.event.signedBy.map { "\(words.signer($0)) \(person ?? words.label(.blank))" } ?? person
        return Document.Fact(words.label(.signedBy), value, missing: person == nil ? .signedBy : nil)
    }

    private func addressees(_ words: any Words) -> [Document.Block] {
        let names =
            response.areas.map { words.text($0.name) }
            + response.departments.filter { $0.id != "areas" }.map { words.text($0.name) }
        return [
            .heading(words.label(.addressees)),
            .paragraph(words.noted(words.label(.areasAndDepartments), [words.list(names)])),
        ]
    }

    /// What the level asks for, each with what makes it wait on this day.
    private func measures(of change: Change, _ words: any Words) -> [Document.Block] {
        var situation = Situation(level: change.event.level)
        situation.hasStarted = responseStart(of: change) <= change.issued
        situation.isPollutionHere = observed?[change.event.hour].map { $0 > base } ?? false
        situation.observedIndex = observed?[change.event.hour]
        situation.isEmergencyDay = Situation.isEmergencyDay(
            issued: change.issued, isEmergency: change.event.isEmergency, now: change.issued)
        let measures = response.measures(in: situation)
        var blocks: [Document.Block] = [.heading(words.label(.measures))]
        for kind in Measure.Kind.allCases {
            let items = measures.filter { $0.measure.kind == kind }.map { words.measure($0, response.departments) }
            if !items.isEmpty { blocks += [.subheading(words.measureKind(kind)), .list(items)] }
        }
        blocks.append(.paragraph(words.neverRestricted(response.freeVehicles.map { words.text($0.name) })))
        return blocks
    }

    private func repetition(_ words: any Words) -> Document.Block {
        .table(
            Document.Table(
                words.label(.repetition),
                header: [words.label(.channel), words.label(.rhythm), words.label(.remarkOfChannel)],
                rows: response.channels.map {
                    [words.text($0.name), words.rhythm($0.rhythm), $0.note.map(words.text) ?? ""]
                }))
    }
}
