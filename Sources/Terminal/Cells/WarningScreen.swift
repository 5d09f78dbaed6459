import AQICore
import Texts
import Warnings

extension Dashboard {
    /// The warning: what is in force, what is wanted and why, who must sign, what was and is foreseen, what else stands.
    func warning(_ snapshot: Snapshot, _ view: ViewState, _ canvas: inout Canvas) {
        var row = Dashboard.top
        if view.showsMeasures {
            let lines = measures(snapshot.desk)
            let none = ListLine(text: words.noWarning)
            return list(lines.isEmpty ? [none] : lines, words.measuresTitle, view, from: row, &canvas)
        }
        if let inForce = snapshot.inForce {
            canvas.put(
                " \(words.warningInForce(inForce.level, response: inForce.level.response, since: inForce.since.endingLabel.dateAndClock, number: inForce.number)) ",
                row: row, column: 1, style: .warning(inForce.level))
        } else {
            canvas.put(words.noWarning, row: row, column: 1, style: .strong)
        }
        row += 1
        let desk = snapshot.desk
        if let spell = desk.spell, snapshot.inForce != nil {
            canvas.put(
                words.spell(
                    from: spell.first.endingLabel.dateAndClock, to: spell.last.endingLabel.dateAndClock), row: row,
                column: 1)
            row += 1
        }
        if let wanted = snapshot.wanted, wanted != snapshot.inForce?.level {
            canvas.put(words.warningWanted(wanted), row: row, column: 1, style: .alert)
            row += 1
        }
        if let draft = desk.draft { row = put(draft, desk, row: row, &canvas) }
        row = curve(desk, row: row, &canvas)
        list(standing(desk, at: snapshot.time) + measures(desk), words.deskTitle, view, from: row, &canvas)
    }

    /// The proposal, the numbers that led to it, and whose signature it awaits.
    private func put(
        _ draft: Snapshot.Desk.Proposal, _ desk: Snapshot.Desk, row start: Int, _ canvas: inout Canvas
    ) -> Int {
        var row = start
        func line(_ text: String, _ style: Style = .plain) {
            for part in text.wrapped(to: canvas.columns - 4) {
                canvas.put(part, row: row, column: 3, style: style)
                row += 1
            }
        }
        canvas.put(
            "! \(words.proposal(draft.number, draft.action, draft.level))\(words.comma)\(words.basis(draft.basis))",
            row: row,
            column: 1, style: .alert)
        row += 1
        func text(_ index: Int32?) -> String { index.map { "\($0)" } ?? words.notAvailable }
        let evidence = draft.evidence
        let days = evidence.days.sorted { $0.key < $1.key }.filter { $0.value > 0 }
            .map { words.days($0.value, above: $0.key) }
        let parts =
            [words.evidence(index24: text(evidence.index24), hour: text(evidence.indexHour))] + days
            + (evidence.largestAhead.map { [words.largestAhead($0)] } ?? [])
        line(parts.joined(separator: words.comma))
        for step in draft.signatures {
            line(words.proposalSigned(by: step.person, step.role, at: step.time.dateAndClock))
        }
        if let step = draft.declined {
            line(
                words.proposalDeclined(
                    by: step.person, step.role, at: step.time.dateAndClock, reason: step.reason ?? ""), .alert)
        }
        if let next = draft.next { line(words.draftAwaits(next), .strong) }
        if let authority = desk.missingConsent {
            line(words.consentIsMissing(of: authority, to: draft.level), .alert)
        }
        return row
    }

    /// The index of the 24 h up to each hour, measured and foreseen, against the bounds of the plan.
    ///
    /// - Returns: The row after it.
    private func curve(_ desk: Snapshot.Desk, row start: Int, _ canvas: inout Canvas) -> Int {
        let room = canvas.rows - 1 - start - 4
        guard let curve = desk.curve, !curve.indices.isEmpty, room >= 6 else { return start }
        let rows = min(room - 1, 16)
        rule(words.curveTitle, row: start, &canvas)
        let left = 6
        var plot = Plot(rows: rows, columns: canvas.columns - left - 6, glyphs: glyphs)
        let ceiling = max(curve.indices.compactMap { $0 }.max() ?? 0, curve.bounds.max() ?? 0, 300)
        func cellRow(_ index: Int32) -> Int { start + rows - Int(Int64(index) * Int64(rows - 1) / Int64(ceiling)) }
        for bound in curve.bounds where bound <= ceiling && bound > 0 {
            canvas.put(
                String(repeating: glyphs.dotted, count: plot.columns), row: cellRow(bound), column: left, style: .faint)
            canvas.put("\(bound)", row: cellRow(bound), endingAt: left - 1, style: .faint)
        }
        let count = curve.indices.count
        for x in 0..<plot.width {
            let from = count * x / plot.width
            let hours = curve.indices[from..<max(count * (x + 1) / plot.width, from + 1)]
            guard let index = hours.compactMap({ $0 }).max() else { continue }
            plot.set(x: x, y: Int(Int64(max(index, 0)) * Int64(plot.height - 1) / Int64(ceiling)))
        }
        let offset = min(max(Int64(curve.now.start) - Int64(curve.first.start), 0), Int64(count - 1))
        let nowColumn = Int(offset) * plot.columns / count
        for row in 0..<rows {
            for column in 0..<plot.columns {
                if let cell = plot.cell(row: row, column: column) {
                    canvas.put(cell, row: start + 1 + row, column: left + column, style: .strong)
                } else if column == nowColumn {
                    canvas.put(glyphs.upright, row: start + 1 + row, column: left + column, style: .faint)
                }
            }
        }
        // What is foreseen looks like what was: the line between them says which is which.
        if offset < Int64(count - 1) {
            canvas.put(words.curveAhead, row: start + 1, column: left + nowColumn + 2, style: .faint)
        }
        return start + 1 + rows
    }
}
