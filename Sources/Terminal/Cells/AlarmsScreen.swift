import AQICore
import Texts
import Warnings

extension Dashboard {
    /// Rows above the list of alarms.
    static let alarmHeadRows = 1

    /// What somebody should look at; those that call first.
    func alarms(_ snapshot: Snapshot, _ view: ViewState, _ canvas: inout Canvas) {
        let top = Dashboard.top
        let listed = view.listedAlarms(snapshot)
        guard !listed.isEmpty else {
            canvas.put(words.noAlarms, row: top, column: 1)
            return
        }
        let columns = (number: 6, state: 8, since: 24, age: 43, text: 44)
        canvas.put(words.columnNumber, row: top, endingAt: columns.number, style: .faint)
        canvas.put(words.columnState, row: top, column: columns.state, style: .faint)
        canvas.put(words.columnSince, row: top, column: columns.since, style: .faint)
        canvas.put(words.columnAge, row: top, endingAt: columns.age - 1, style: .faint)
        canvas.put(words.columnAlarm, row: top, column: columns.text, style: .faint)
        let selected =
            view.selectedAlarm(snapshot).flatMap { alarm in
                listed.firstIndex { $0.number == alarm.number }
            } ?? 0
        // The last two rows are for what is known of the selected one.
        let room = max(Dashboard.bodyRows(canvas.rows) - Dashboard.alarmHeadRows - 2, 1)
        let offset = Dashboard.offset(of: selected, count: listed.count, room: room)
        for (line, alarm) in listed.dropFirst(offset).prefix(room).enumerated() {
            let row = top + Dashboard.alarmHeadRows + line
            let isSelected = offset + line == selected
            let style: Style = isSelected ? .selected : alarm.calls ? .alert : .plain
            if isSelected { canvas.put(">", row: row, column: 0, style: .strong) }
            canvas.put("\(alarm.number)", row: row, endingAt: columns.number)
            canvas.put(words.alarmState(alarm.state), row: row, column: columns.state, style: style)
            // Without the year: an alarm is not as old as that.
            canvas.put(String(alarm.since.dateAndClock.dropFirst(5)), row: row, column: columns.since)
            canvas.put(
                words.age(seconds: snapshot.time - alarm.since), row: row, endingAt: columns.age - 1, style: .faint)
            canvas.put(text(alarm, snapshot), row: row, column: columns.text, style: alarm.calls ? .alert : .plain)
        }
        detail(listed[selected], snapshot, &canvas)
    }

    /// What is known of one alarm: who knows of it, who put it on the shelf and why.
    private func detail(_ alarm: Alarm, _ snapshot: Snapshot, _ canvas: inout Canvas) {
        let row = canvas.rows - 3
        canvas.put("\(alarm.number): \(text(alarm, snapshot))", row: row, column: 1, style: .strong)
        var parts: [String] = []
        if let cleared = alarm.cleared { parts.append(words.alarmCleared(cleared.dateAndClock)) }
        if let known = alarm.acknowledged {
            parts.append(words.alarmAcknowledged(by: known.person, at: known.time.dateAndClock))
        }
        if let shelf = alarm.shelf {
            parts.append(words.alarmShelved(by: shelf.person, until: shelf.until.dateAndClock, reason: shelf.reason))
        }
        canvas.put(parts.joined(separator: words.comma), row: row + 1, column: 1)
    }

    /// The alarm in words, with people's names for stations and pollutants.
    private func text(_ alarm: Alarm, _ snapshot: Snapshot) -> String {
        let subject = alarm.condition.subject
        let kind = words.alarmKind(alarm.condition.kind)
        guard !subject.isEmpty else { return kind }
        guard let station = snapshot.stations.first(where: { subject == $0.key || subject.hasPrefix($0.key + " ") })
        else { return "\(subject): \(kind)" }
        let rest = String(subject.dropFirst(station.key.count + 1))
        let pollutant = Pollutant(name: rest).map { words.indicator(Indicator($0)) } ?? rest
        return "\(station.name)\(rest.isEmpty ? "" : " ")\(pollutant): \(kind)"
    }
}
