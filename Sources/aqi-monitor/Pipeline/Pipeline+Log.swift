import AQICore
import Ingest
import Store
import Texts
import Warnings

/// What the log says of each event and effect.
extension Pipeline {
    func tell(_ event: BusEvent, at now: Instant) {
        switch event {
        case .deviceLost(let bus, let device, let error):
            journal.add(words.deviceLost(bus: bus, device: device, words.problem(error)), at: now, isWarning: true)
        case .deviceBack(let bus, let device):
            journal.add(words.deviceBack(bus: bus, device: device), at: now)
        case .deviceIncomplete(let bus, let device, let error):
            journal.add(
                words.deviceIncomplete(bus: bus, device: device, words.problem(error)), at: now, isWarning: true)
        case .devicePaused(let bus, let device):
            journal.add(words.devicePaused(bus: bus, device: device), at: now, isWarning: true)
        case .calibration(let bus, let device, let state):
            journal.add(words.text(state, bus: bus, device: device), at: now)
        case .calibrationOverdue(let bus, let device, let state):
            journal.add(words.overdue(state, bus: bus, device: device), at: now, isWarning: true)
        case .recordsUnused(let bus, let device, let trouble):
            journal.add(words.recordsUnused(bus: bus, device: device, words.reason(trouble)), at: now, isWarning: true)
        }
    }

    func tell(_ effect: Effect, at now: Instant) {
        switch effect {
        case .hour, .correctedIndex, .awaiting: break
        case .airChanged(let next):
            journal.add(words.storedHoursChanged(next: next.endingLabel.dateAndClock), at: now, isWarning: true)
        case .judged(let hour): journal.add(words.storedHourJudged(time: hour.endingLabel.dateAndClock), at: now)
        case .index(let record):
            guard record.report.kind == .realtime else { return }
            let report = record.report
            journal.add(
                words.hourClosed(
                    station: name(of: record.station), time: record.period.endingLabel.dateAndClock,
                    index: report.index, level: report.level,
                    primary: Indicator.allSeven.filter(report.primary.contains).map(words.indicator)
                        .joined(separator: ", ")),
                at: now)
        // The ledger's line has told of it.
        case .warning(let event) where event.kind == .proposed: break
        case .warning(let event):
            journal.add(words.warningEvent(event.kind, event.level, signedBy: event.signedBy), at: now, isWarning: true)
        case .ledger(let line):
            if let text = words.ledgerLine(line) { journal.add(text, at: line.time, isWarning: line.kind == .proposed) }
        case .suspect(let value):
            journal.add(
                words.suspectBegan(
                    station: name(of: value.station), time: value.hour.endingLabel.dateAndClock, value.pollutant,
                    value: DecimalWriting.shortest(thousandths: value.thousandths), value.marks),
                at: now, isWarning: true)
        case .calibration(let row):
            guard row.result.mean != nil else { return }
            journal.add(
                words.text(row, station: name(of: row.station)), at: now, isWarning: row.result.verdict == .failed)
        case .clockJumped(let from, let to):
            journal.add(
                words.clockJumped(from: from.dateAndClock, to: to.dateAndClock), at: now, isWarning: true)
        case .revised(let station, let hour):
            journal.add(words.hourRevised(station: name(of: station), time: hour.endingLabel.dateAndClock), at: now)
        case .notStored(let hour):
            journal.add(words.hourNotStored(time: hour.endingLabel.dateAndClock), at: now, isWarning: true)
        case .late(let count):
            journal.add(words.lateReadings(count), at: now, isWarning: true)
        case .stationDiffers(let difference):
            journal.add(words.text(difference, station: name(of: difference.station)), at: now, isWarning: true)
        case .stationHour(let station, let hour, let pollutants):
            journal.add(
                words.stationHourUsed(
                    station: name(of: station), time: hour.endingLabel.dateAndClock,
                    Pollutant.allSix.filter(pollutants.contains)), at: now, isWarning: true)
        }
    }
}
