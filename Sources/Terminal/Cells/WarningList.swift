import AQICore
import Texts
import Warnings

/// A line of a list, however many rows it takes.
struct ListLine {
    var mark = " "
    var text: String
    var style = Style.plain
}

/// What stands besides the proposal, and what the level in force asks for.
extension Dashboard {
    /// Puts a list below a rule that says which of its rows are in sight, where not all are.
    func list(_ lines: [ListLine], _ title: String, _ view: ViewState, from row: Int, _ canvas: inout Canvas) {
        let rows = lines.flatMap { line in
            line.text.wrapped(to: canvas.columns - 4).enumerated().map { place, part in
                (text: "\(place == 0 ? line.mark : " ") \(part)", style: line.style)
            }
        }
        let room = max(canvas.rows - 1 - row - 1, 0)
        canvas.list = .init(lines: rows.count, room: room)
        let first = min(max(view.scroll, 0), max(rows.count - room, 0))
        let shown = rows.dropFirst(first).prefix(room)
        let place =
            shown.count < rows.count ? " \(words.linesShown(first + 1, first + shown.count, of: rows.count))" : ""
        rule(title + place, row: row, &canvas)
        for (place, line) in shown.enumerated() {
            canvas.put(line.text, row: row + 1 + place, column: 1, style: line.style)
        }
    }

    /// The measures of the level in force under the headings of the plan, after a line that counts them; those that wait say for
    /// what.
    func measures(_ desk: Snapshot.Desk) -> [ListLine] {
        guard !desk.measures.isEmpty else { return [] }
        let waiting = desk.measures.count { $0.waits != nil }
        var lines = [ListLine(text: words.measuresRun(desk.measures.count - waiting, waiting: waiting), style: .strong)]
        var kind: String?
        for measure in desk.measures {
            if measure.kind != kind { lines.append(ListLine(text: measure.kind, style: .strong)) }
            kind = measure.kind
            let text = words.measure(
                measure.text, isPrinciple: measure.isPrinciple, waits: measure.waits, departments: measure.departments,
                clause: measure.clause)
            let runs = measure.waits == nil
            lines.append(ListLine(mark: runs ? "-" : "~", text: text, style: runs ? .plain : .faint))
        }
        return lines
    }

    /// What stands besides, and whether it calls for somebody.
    func standing(_ desk: Snapshot.Desk, at now: Instant) -> [ListLine] {
        var lines: [(text: String, isUrgent: Bool)] = []
        if let due = desk.consultation {
            let isOverdue = now > due.by
            lines.append((words.consultationDue(due.cause, by: due.by.dateAndClock, isOverdue: isOverdue), isOverdue))
        }
        for order in desk.orders {
            let text = words.orderStands(
                from: order.authority, order.level, isRegional: order.isRegional, consent: order.consent)
            lines.append((text, true))
        }
        lines += outstanding(desk, at: now)
        for area in desk.areas where area.consentBy != nil {
            lines.append((words.areaHas(area.name, area.level, consentBy: area.consentBy ?? ""), false))
        }
        for range in desk.mayBeDust { lines.append((dust(range, isProposed: true), true)) }
        for range in desk.dust { lines.append((dust(range, isProposed: false), false)) }
        if let forecast = desk.forecast {
            let last = forecast.last?.endingLabel.dateAndClock ?? words.notAvailable
            let text = words.forecastInUse(
                issuer: forecast.issuer, issued: forecast.issued.dateAndClock, through: last)
            lines.append((text, false))
        } else {
            lines.append((words.noForecast, false))
        }
        // A small screen does not show all of them.
        return (lines.filter(\.isUrgent) + lines.filter { !$0.isUrgent }).map {
            ListLine(mark: $0.isUrgent ? "!" : " ", text: $0.text, style: $0.isUrgent ? .alert : .plain)
        }
    }

    /// What departments have not done yet, and which channel tells the public next; what is late first.
    private func outstanding(_ desk: Snapshot.Desk, at now: Instant) -> [(String, Bool)] {
        let tasks = desk.tasks.sorted { $0.due < $1.due }.map { task in
            let isLate = now > task.due
            let parts = [
                task.text, words.taskIsDue(by: task.due.dateAndClock, isLate: isLate),
                words.taskAwaits(task.outstanding),
            ]
            return (parts.joined(separator: words.comma), isLate)
        }
        guard let notice = desk.notice else { return tasks }
        if now < notice.start { return tasks + [(words.noticeWaits(until: notice.start.dateAndClock), false)] }
        let handOver = notice.isHandedOver ? [] : [("\(notice.text)\(words.comma)\(words.noticeIsNotHandedOver)", true)]
        let due = notice.channels.compactMap { channel in channel.due.map { (name: channel.name, time: $0) } }
            .sorted { $0.time < $1.time }
        let late = due.filter { now > $0.time }
        let channels = (late.isEmpty ? Array(due.prefix(1)) : late).map {
            (words.channelIsDue($0.name, by: $0.time.dateAndClock, isOverdue: now > $0.time), now > $0.time)
        }
        return tasks + handOver + channels
    }

    private func dust(_ range: HourRanges.Range, isProposed: Bool) -> String {
        words.dustHours(
            from: range.first.endingLabel.dateAndClock, to: range.last.endingLabel.dateAndClock, isProposed: isProposed)
    }
}
