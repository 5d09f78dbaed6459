import AQICore
import Store
import Terminal
import Texts
import Warnings

/// Alarms: what holds, what the log is told, and what people do.
extension Pipeline {
    /// What holds now, besides what devices told of themselves.
    func conditions(at now: Instant) -> Set<Alarm.Condition> {
        var holding = monitor.conditions(at: now, since: alarms.began ?? now)
        if keeper?.trouble != nil { holding.insert(.init(.storeTrouble)) }
        for sender in senders.values.joined() where sender.isClockOff {
            holding.insert(.init(.senderClock, "\(sender.receiver): \(sender.name)".harmless))
        }
        return holding
    }

    /// Of most conditions the log was told when they began.
    func tell(_ news: AlarmBoard.News, at now: Instant) {
        switch news {
        case .raised(let alarm) where alarm.condition.kind == .stationStale && alarm.shelf == nil:
            journal.add(words.alarmStep(.raised, words.text(alarm), by: ""), at: now, isWarning: true)
        case .cleared(let alarm) where alarm.condition.kind == .stationStale && alarm.shelf == nil:
            journal.add(words.alarmStep(.cleared, words.text(alarm), by: ""), at: now)
        case .unshelved(let alarm):
            journal.add(words.alarmStep(.backFromShelf, words.text(alarm), by: ""), at: now, isWarning: alarm.calls)
        case .raised, .cleared: break
        }
    }

    /// Does what a person asks of an alarm; `user` is who the system says it is. What the store does not take now waits for it:
    /// that nothing is stored is an alarm itself.
    ///
    /// - Throws: ``AlarmBoard/Refusal``; nothing has changed then.
    func follow(_ command: AlarmCommand, by person: String, user: String, at now: Instant) throws {
        let done = try alarms.follow(command, by: person, user: user, at: now)
        var batch = StoreBatch()
        batch.audits = [done.entry]
        batch.state = try alarms.state()
        keeper?.add(batch)
        journal.add(
            words.alarmStep(done.step, words.text(done.alarm), by: CalibrationDesk.oneLine(person)), at: now)
        noteStep()
    }
}
