package import AQICore

/// A line and its devices, asked one after the other, whatever protocol runs on it.
///
/// What is done for every protocol is done here: a device that fails harms nobody else, is asked ever less often, and its
/// channels say so; what the protocol is, the session knows. Exchanges block, so the actor lives on a queue of its own and no
/// other work waits for a slow device.
package actor SupervisedBus<Session: DeviceSession>: Bus {
    package nonisolated let name: String
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    private let executor: BlockingExecutor
    private let session: Session
    private let clock: BusClock?
    private let interruption: Interruption
    private var supervised: [Supervised]
    private var line: Breaker
    private var lineFailure = ExchangeError.timeout

    private struct Supervised {
        var device: SupervisedDevice
        var breaker: Breaker
        var calibration: Calibration
        var state = State.unknown
        /// The latest failure, for the readings that are not tried.
        var failure: ExchangeError?
        /// The same, kept when it answers again.
        var trouble: ExchangeError?
        /// Rounds in which the line could not be opened for it.
        var unreached: UInt64 = 0
        /// When it did anything but measure the air, or had just done so.
        var latestUnfit: Instant?

        /// Whether the minute that begins at a time was one of the air, as far as is known here. Of what happened while the
        /// device was out of sight its own status tells.
        func wasMeasuring(at time: Instant) -> Bool {
            if let latestUnfit, time <= latestUnfit { return false }
            let schedule = device.calibration.schedule
            if schedule.window(at: time) != nil || schedule.window(at: time + 59) != nil { return false }
            guard let ended = schedule.latest(endedBy: time)?.end else { return true }
            return time - ended >= Int64(device.calibration.recoveryMinutes) * 60
        }
    }

    private enum State {
        case unknown
        case whole
        case incomplete
        case lost
    }

    /// A bus on a line that is not open yet. `interruption` is the one that the session's waits listen to; without a clock
    /// the time is that of whoever polls: simulated time.
    init(name: String, session: sending Session, interruption: Interruption, clock: BusClock?) {
        self.name = name
        self.clock = clock
        self.interruption = interruption
        supervised = session.devices.map {
            Supervised(
                device: $0, breaker: Breaker(seed: stableHash("\(name) \($0.name)")), calibration: Calibration($0))
        }
        line = SupervisedBus.lineBreaker(name)
        self.session = session
        executor = BlockingExecutor(label: "bus \(name)")
    }

    /// A line is tried again soon: it costs the others nothing.
    private static func lineBreaker(_ name: String) -> Breaker {
        Breaker(limits: .init(failures: 5, firstWaitMs: 1000, longestWaitMs: 10_000), seed: stableHash(name))
    }

    package func poll(at time: Instant) -> BusReport {
        let now = clock?.milliseconds() ?? time.seconds * 1000
        var found = [[Reading]?](repeating: nil, count: supervised.count)
        var report = BusReport()
        var round = Round()
        // Who answers is asked first: a silent device costs the others no more than the end of the round.
        let places = supervised.indices.filter { supervised[$0].state != .lost }
        for place in places + supervised.indices.filter({ supervised[$0].state == .lost }) {
            if interruption.isSet { break }
            var answer = ask(place, at: now, time: time, &round)
            if interruption.isSet, answer.failure != nil { break }
            note(&answer, of: place, at: now, &report.events)
            let stamp = clock?.instant() ?? time
            calibrate(place, &answer, at: stamp, now, &report)
            found[place] = complete(answer.readings, for: supervised[place].device, at: stamp)
        }
        if round.asked > 0, !round.hasHeard { session.heardNobody() }
        for readings in found { if let readings { report.readings += readings } }
        if !interruption.isSet { fill(at: time, &report) }
        return report
    }

    /// Asks one device for its records, if any wants that: live values come first, and those of the next round soon.
    private func fill(at time: Instant, _ report: inout BusReport) {
        for place in supervised.indices where supervised[place].state == .whole {
            guard let answer = session.fill(place, now: { clock?.instant() ?? time }) else { continue }
            var readings = answer.readings.filter { supervised[place].wasMeasuring(at: $0.time) }
            readings.mark(.normal)
            report.readings += readings
            if let trouble = answer.trouble {
                report.events.append(
                    .recordsUnused(bus: name, device: supervised[place].device.name, trouble))
            }
            return
        }
    }

    package var statistics: [DeviceStatistics] {
        supervised.indices.map {
            var counters = session.counters($0)
            counters.losses += supervised[$0].unreached
            return DeviceStatistics(
                device: supervised[$0].device.name, counters: counters, isAsked: supervised[$0].breaker.isClosed,
                isSilent: supervised[$0].state == .lost, trouble: supervised[$0].trouble,
                calibration: supervised[$0].calibration.state)
        }
    }

    // MARK: - Calibration

    package func restore(_ memories: [String: CalibrationMemory]) {
        for place in supervised.indices {
            let device = supervised[place].device
            supervised[place].calibration = Calibration(device, remembering: memories[device.name])
        }
    }

    package func follow(
        _ command: CalibrationCommand, of device: String, at time: Instant
    ) throws(CalibrationCommand.Refusal) -> BusReport {
        guard let place = supervised.firstIndex(where: { $0.device.name == device }) else {
            throw .unknownDevice(known: supervised.map(\.device.name))
        }
        try supervised[place].calibration.follow(command, at: time)
        var report = BusReport()
        step(place, status: nil, at: time, clock?.milliseconds() ?? time.seconds * 1000, &report)
        // What a person wants is kept even where the status hides it.
        if report.changes.isEmpty { report.changes.append(change(of: place)) }
        return report
    }

    /// Puts on what a device brought the mark of what it said, and of what it is doing.
    private func calibrate(
        _ place: Int, _ answer: inout DeviceAnswer, at time: Instant, _ now: Int64, _ report: inout BusReport
    ) {
        step(place, status: answer.readings.isEmpty ? nil : answer.flag, at: time, now, &report)
        supervised[place].calibration.add(answer.readings, status: answer.flag)
        answer.readings.mark(.worse(answer.flag, supervised[place].calibration.flag))
    }

    private func step(
        _ place: Int, status: DataFlag?, at time: Instant, _ now: Int64, _ report: inout BusReport
    ) {
        let outcome = supervised[place].calibration.step(status: status, at: time, milliseconds: now)
        let device = supervised[place].device.name
        let state = supervised[place].calibration.state
        if state != .measuring { supervised[place].latestUnfit = time }
        report.calibrations += outcome.records
        if outcome.hasChanged { report.events.append(.calibration(bus: name, device: device, state)) }
        if outcome.memoryHasChanged { report.changes.append(change(of: place)) }
        if outcome.isOverdue { report.events.append(.calibrationOverdue(bus: name, device: device, state)) }
    }

    private func change(of place: Int) -> CalibrationChange {
        CalibrationChange(
            bus: name, device: supervised[place].device.name, memory: supervised[place].calibration.memory)
    }

    package nonisolated func interrupt() { interruption.set() }

    package func close() {
        session.close()
        for place in supervised.indices {
            supervised[place].breaker.succeeded()
        }
        line.succeeded()
    }

    /// What a round knows of the line so far.
    private struct Round {
        var lineFailure: ExchangeError?
        var asked = 0
        var hasHeard = false
    }

    private func ask(_ place: Int, at now: Int64, time: Instant, _ round: inout Round) -> DeviceAnswer {
        var answer = DeviceAnswer()
        let permission = supervised[place].breaker.permission(at: now)
        guard permission != .wait else {
            answer.failure = supervised[place].failure
            return answer
        }
        if let failure = openLine(at: now, &round) {
            supervised[place].unreached += 1
            answer.failure = failure
            return answer
        }
        round.asked += 1
        if permission == .probe {
            do throws(ExchangeError) {
                try session.probe(place)
            } catch {
                answer.failure = error
                if case .exception = error { round.hasHeard = true }
                fail(place, at: now)
                return answer
            }
        }
        answer = session.read(place) { clock?.instant() ?? time }
        var isRefusal = false
        if case .exception = answer.failure { isRefusal = true }
        if !answer.readings.isEmpty || isRefusal { round.hasHeard = true }
        if answer.readings.isEmpty, answer.failure != nil { fail(place, at: now) }
        return answer
    }

    /// Opens the line once a round at most: a cable that is out costs one wait, not one a device.
    private func openLine(at now: Int64, _ round: inout Round) -> ExchangeError? {
        if let failure = round.lineFailure { return failure }
        guard line.permission(at: now) != .wait else {
            round.lineFailure = lineFailure
            return lineFailure
        }
        do throws(ExchangeError) {
            try session.open()
            line.succeeded()
            return nil
        } catch {
            _ = line.failed(at: now)
            lineFailure = error
            round.lineFailure = error
            return error
        }
    }

    /// Devices whose breakers have just opened.
    private var newlyPaused: Set<Int> = []

    private func fail(_ place: Int, at now: Int64) {
        if supervised[place].breaker.failed(at: now) { newlyPaused.insert(place) }
    }

    /// Tells what changed, once.
    private func note(_ answer: inout DeviceAnswer, of place: Int, at now: Int64, _ events: inout [BusEvent]) {
        let device = supervised[place].device.name
        let before = supervised[place].state
        supervised[place].failure = answer.failure
        guard let failure = answer.failure else {
            supervised[place].breaker.succeeded()
            if before == .lost || before == .incomplete { events.append(.deviceBack(bus: name, device: device)) }
            supervised[place].state = .whole
            return
        }
        supervised[place].trouble = failure
        if answer.readings.isEmpty {
            if before != .lost { events.append(.deviceLost(bus: name, device: device, failure)) }
            supervised[place].state = .lost
        } else {
            supervised[place].breaker.succeeded()
            if before != .incomplete {
                events.append(.deviceIncomplete(bus: name, device: device, failure))
            }
            supervised[place].state = .incomplete
        }
        if newlyPaused.remove(place) != nil { events.append(.devicePaused(bus: name, device: device)) }
    }

    /// The readings in the order of the channels; those that are not there say that there was no communication.
    private func complete(_ readings: [Reading], for device: SupervisedDevice, at time: Instant) -> [Reading] {
        if readings.count == device.channels.count { return readings }
        var readings = readings[...]
        return device.channels.map { channel in
            if let first = readings.first, first.channel == channel { return readings.removeFirst() }
            return Reading(channel: channel, time: time, value: .missing(.communication))
        }
    }
}

/// The same number for the same text in every run (FNV-1a), unlike `hashValue`.
func stableHash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
