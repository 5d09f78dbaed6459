package import AQICore

/// One device between the air and its calibration gases: pure, time is an argument.
///
/// ```
///               a phase begins                     it is over
///  measuring ──────────────────> zero, span, ... ─────────────> recovering
///      ^                          │ ^      ^                      │    │
///      │                          └─┘      └── a phase begins ────┘    │
///      └──────────────────── recovery_minutes later ───────────────────┘
/// ```
///
/// Who is believed, where several say something: a status that says which gas flows; a person; a status that says
/// maintenance; the schedule; a status that says only "calibration". A status that is neither normal nor a phase (a fault),
/// and no answer, say nothing of it: what was said before goes on. What has to be waited for goes by a clock that nobody sets.
package struct Calibration: Equatable, Sendable {
    /// What a step leads to.
    package struct Outcome: Equatable, Sendable {
        /// What is over, one record a channel.
        package var records: [CalibrationRecord] = []
        /// The device went over from the air to something else, or back.
        package var hasChanged = false
        /// What must be known again after a restart is not what it was.
        package var memoryHasChanged = false
        /// The phase has just become longer than any should be.
        package var isOverdue = false
    }

    /// Somebody says that a phase is on.
    private struct Claim: Equatable {
        var flag: DataFlag
        var source: CalibrationSource
        var person: CalibrationPerson?
        /// Of a schedule and a person, who know when it began.
        var begun: Instant?
        /// Of a schedule.
        var until: Instant?
    }

    private struct Phase: Equatable {
        var claim: Claim
        var begun: Instant
        var begunMs: Int64
        var isOverdue = false
        /// What each channel read, in thousandths.
        var readings: [[Int32]]
    }

    private struct Recovery: Equatable {
        var end: Instant
        var endMs: Int64
    }

    private let device: SupervisedDevice
    private var plan: CalibrationPlan { device.calibration }
    /// The phase of which the status told last.
    private var told: DataFlag?
    /// What a person began and has not ended.
    private var command: Claim?
    private var phase: Phase?
    private var recovery: Recovery?
    /// The beginning of the scheduled phase of which status or person know better.
    private var overruled: Instant?
    /// What an earlier run left, until the first step.
    private var remembered: CalibrationMemory?
    private var latestStep: Instant?

    /// A device that measures, unless an earlier run left it otherwise.
    package init(_ device: SupervisedDevice, remembering memory: CalibrationMemory? = nil) {
        self.device = device
        remembered = memory
    }

    // MARK: - Stepping

    /// Moves on to a round.
    ///
    /// - Parameters:
    ///   - status: What the device says of how it is doing; nil where it did not answer.
    ///   - now: The system's clock, which may be set.
    ///   - milliseconds: A clock that nobody sets.
    /// - Returns: What changed with it.
    package mutating func step(status: DataFlag?, at now: Instant, milliseconds: Int64) -> Outcome {
        if let memory = remembered { takeUp(memory, at: now, milliseconds) }
        remembered = nil
        let (toldBefore, overruledBefore) = (told, overruled)
        if let status { follow(status) }
        var outcome = Outcome()
        let window = plan.schedule.window(at: now)
        let claim = claim(during: window)
        // Who works on a device does not say which gas flows afterwards.
        let isOfGas = claim.map { $0.flag != .calibration && $0.flag != .maintenance } ?? false
        if isOfGas, claim?.source != .schedule, let window { overruled = window.begin }
        if claim != phase?.claim { change(to: claim, at: now, milliseconds, &outcome) }
        if phase == nil { recover(at: now, milliseconds, &outcome) }
        if let begun = phase?.begunMs, phase?.isOverdue == false,
            milliseconds - begun > Int64(plan.longestMinutes) * 60_000
        {
            phase?.isOverdue = true
            phase?.readings = []
            outcome.isOverdue = true
        }
        outcome.memoryHasChanged = outcome.hasChanged || told != toldBefore || overruled != overruledBefore
        latestStep = now
        return outcome
    }

    private mutating func follow(_ status: DataFlag) {
        if CalibrationKind(status) != nil {
            told = status
        } else if status.isValid || status == .recovering {
            told = nil
        }
    }

    private func claim(during window: CalibrationSchedule.Window?) -> Claim? {
        let status = told.map { Claim(flag: $0, source: .status) }
        if let status, status.flag != .calibration, status.flag != .maintenance { return status }
        if let command { return command }
        if let status, status.flag == .maintenance { return status }
        guard let window, window.begin != overruled else { return status }
        return Claim(
            flag: window.kind.flag(isCheck: plan.isCheck), source: .schedule, begun: window.begin, until: window.end)
    }

    private mutating func change(
        to claim: Claim?, at now: Instant, _ milliseconds: Int64, _ outcome: inout Outcome
    ) {
        if let phase {
            // A clock that was set back ends nothing before it began.
            let end = max(phase.begun, min(now, phase.claim.until ?? now))
            // A schedule only supposes; where somebody knows better it was nothing.
            let isOverruled = phase.claim.source == .schedule && phase.claim.begun == overruled
            if !isOverruled { outcome.records = records(of: phase, endedAt: end) }
            if claim == nil { beginRecovery(endedAt: end, at: now, milliseconds) }
        }
        phase = claim.map {
            Phase(
                claim: $0, begun: now, begunMs: milliseconds,
                readings: [[Int32]](repeating: [], count: device.channels.count))
        }
        if claim != nil { recovery = nil }
        outcome.hasChanged = true
    }

    private mutating func beginRecovery(endedAt end: Instant, at now: Instant, _ milliseconds: Int64) {
        let seconds = Int64(plan.recoveryMinutes) * 60
        let left = min(seconds, max(0, seconds - (now - end)))
        recovery = left > 0 ? Recovery(end: now + left, endMs: milliseconds + left * 1000) : nil
    }

    private mutating func recover(at now: Instant, _ milliseconds: Int64, _ outcome: inout Outcome) {
        if let ends = recovery?.endMs, milliseconds >= ends {
            recovery = nil
            outcome.hasChanged = true
        }
        // A scheduled phase that went by before the first round, or between two.
        if recovery == nil, let window = plan.schedule.latest(endedBy: now), window.begin != overruled,
            window.end > latestStep ?? Instant(seconds: .min)
        {
            beginRecovery(endedAt: window.end, at: now, milliseconds)
            if recovery != nil { outcome.hasChanged = true }
        }
    }

    // MARK: - What is read meanwhile

    /// What the readings of the round carry, beside what the status says; a valid mark where they count.
    package var flag: DataFlag { phase?.claim.flag ?? (recovery == nil ? .normal : .recovering) }

    /// Keeps what was read in a phase, for its result: readings with a value, one a second at most, of a device that is in
    /// order. In a maintenance nobody knows what flows.
    package mutating func add(_ readings: [Reading], status: DataFlag) {
        guard let flag = phase?.claim.flag, phase?.isOverdue == false, flag != .maintenance,
            status.isValid || CalibrationKind(status) != nil
        else { return }
        for reading in readings {
            guard let place = device.channels.firstIndex(of: reading.channel), let value = reading.value.thousandths,
                let count = phase?.readings[place].count, count < plan.longestMinutes * 60
            else { continue }
            phase?.readings[place].append(value)
        }
    }

    private func records(of phase: Phase, endedAt end: Instant) -> [CalibrationRecord] {
        let flag = phase.claim.flag
        return device.channels.enumerated().filter { $1.parameter.isConcentration }.map { place, channel in
            let kind = CalibrationKind(flag)
            let target = kind.flatMap { plan.target($0, of: channel.parameter) }
            let reference = target?.reference?.concentration(of: channel.parameter, at: end)
            return CalibrationRecord(
                device: device.name, person: phase.claim.person,
                result: CalibrationResult(
                    place < phase.readings.count ? phase.readings[place] : [], channel: channel, flag: flag,
                    source: phase.claim.source, begun: phase.begun, ended: end,
                    reference: reference ?? (kind == .zero ? 0 : nil),
                    limit: target?.limit?.concentration(of: channel.parameter, at: end)))
        }
    }

    /// Where the device stands, for screens.
    package var state: CalibrationState {
        if let phase {
            return .phase(phase.claim.flag, phase.claim.source, since: phase.begun, until: phase.claim.until)
        }
        return recovery.map { .recovering(until: $0.end) } ?? .measuring
    }

    // MARK: - A person

    /// Takes in what a person wants; the next step follows it.
    package mutating func follow(_ wish: CalibrationCommand, at now: Instant) throws(CalibrationCommand.Refusal) {
        switch wish {
        case .begin(let kind, let person):
            guard person.name.contains(where: { !$0.isWhitespace }) else { throw .nameless }
            command = Claim(flag: kind.flag(isCheck: plan.isCheck), source: .person, person: person, begun: now)
        case .end:
            guard command != nil || remembered?.command != nil else { throw .nothingToEnd }
            command = nil
            remembered?.command = nil
        }
    }

    // MARK: - Restart

    /// What must be known again after a restart; nil where nothing must.
    package var memory: CalibrationMemory? {
        if let remembered { return remembered }
        let memory = CalibrationMemory(
            phase: phase.map { Calibration.remember($0.claim, begun: $0.begun) },
            command: command.map { Calibration.remember($0, begun: $0.begun) }, told: told?.text,
            recoveringUntil: recovery?.end.seconds, overruled: overruled?.seconds)
        return memory == CalibrationMemory() ? nil : memory
    }

    private static func remember(_ claim: Claim, begun: Instant?) -> CalibrationMemory.Phase {
        CalibrationMemory.Phase(
            flag: claim.flag.text, source: claim.source.name, begun: begun?.seconds ?? 0,
            claimed: claim.begun?.seconds, until: claim.until?.seconds, person: claim.person)
    }

    private static func recall(_ phase: CalibrationMemory.Phase) -> Claim? {
        let flag = DataFlag(text: phase.flag)
        guard CalibrationKind(flag) != nil, let source = CalibrationSource(name: phase.source) else { return nil }
        return Claim(
            flag: flag, source: source, person: phase.person, begun: phase.claimed.map(Instant.init(seconds:)),
            until: phase.until.map(Instant.init(seconds:)))
    }

    /// Goes on where an earlier run stopped. What it had read of a phase is lost.
    private mutating func takeUp(_ memory: CalibrationMemory, at now: Instant, _ milliseconds: Int64) {
        guard memory.isSane else { return }
        overruled = memory.overruled.map(Instant.init(seconds:))
        told = memory.told.map { DataFlag(text: $0) }.flatMap { CalibrationKind($0) == nil ? nil : $0 }
        if command == nil { command = memory.command.flatMap(Calibration.recall) }
        if let remembered = memory.phase, let claim = Calibration.recall(remembered) {
            let begun = Instant(seconds: remembered.begun)
            let age = min(max(0, now - begun), Int64(plan.longestMinutes) * 60)
            phase = Phase(
                claim: claim, begun: begun, begunMs: milliseconds - age * 1000,
                readings: [[Int32]](repeating: [], count: device.channels.count))
        } else if let until = memory.recoveringUntil {
            // Under a clock that was set meanwhile not for longer than a recovery takes.
            let left = min(max(0, until - now.seconds), Int64(plan.recoveryMinutes) * 60)
            if left > 0 { recovery = Recovery(end: now + left, endMs: milliseconds + left * 1000) }
        }
    }
}
