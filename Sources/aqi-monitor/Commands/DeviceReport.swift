import AQICore
import CTimex
import Glibc
import Ingest
import Store
import Terminal
import Texts

/// What `doctor` says of a configuration: whether everything that it names is there and answers.
///
/// Where its monitor runs, that is asked how the devices do: a line belongs to one program at a time.
struct DeviceReport {
    /// How it is with one thing.
    struct Finding: Equatable {
        enum Verdict {
            case good, doubtful, bad

            func text(_ words: any Words) -> String {
                switch self {
                case .good: words.findingIsGood
                case .doubtful: words.findingIsDoubtful
                case .bad: words.findingIsBad
                }
            }
        }

        var verdict: Verdict
        var subject: String
        var text: String
        /// Why the latest failure of a device was one.
        var trouble: ExchangeError?
    }

    private(set) var findings: [Finding] = []

    init(_ path: String) async throws {
        let words = Session.words
        let configuration = try Configuration.read(path)
        add(.good, words.doctorConfiguration, configuration.summary(of: path))
        checkClock()
        if let store = configuration.store { checkStore(store) }
        let running = await DeviceReport.running(configuration)
        if let running {
            add(.good, words.doctorMonitor, words.monitorRuns(process: running.process))
            for device in running.snapshot.devices { check(device) }
            for sender in running.snapshot.senders { check(sender) }
        } else {
            for bus in configuration.makeBuses(clock: WallClock.forBuses) { await check(bus) }
            for receiver in configuration.receivers { await check(receiver) }
        }
        for uplink in configuration.uplinks { check(uplink) }
    }

    mutating func add(
        _ verdict: Finding.Verdict, _ subject: String, _ text: String, trouble: ExchangeError? = nil
    ) {
        findings.append(Finding(verdict: verdict, subject: subject, text: text, trouble: trouble))
    }

    // MARK: - Clock

    /// A clock that nobody sets puts hours, and what is uploaded of them, in the wrong place.
    private mutating func checkClock() {
        var state = timex()
        // Invariant: adjtimex(2) with modes 0 only reads the clock and writes the one structure.
        let isSet = unsafe adjtimex(&state) >= 0 && state.status & STA_UNSYNC == 0
        add(
            isSet ? .good : .doubtful, Session.words.doctorClock,
            isSet ? Session.words.clockIsSet(WallClock.now.iso8601) : Session.words.clockIsNotSet(WallClock.now.iso8601)
        )
    }

    // MARK: - Store

    private mutating func checkStore(_ path: String) {
        do {
            let last = try StoreReader(path: path).read { try $0.lastHour(of: try $0.stations()) }
            add(
                .good, Session.words.doctorStore,
                Session.words.storeHasHours(path, until: last?.endingLabel.dateAndClock))
        } catch let error as StoreError where error.kind == .absent {
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
            // Invariant: the path is NUL-terminated for the length of the call.
            let canCreate = unsafe access(folder.isEmpty ? "/" : folder, W_OK) == 0
            let reason =
                canCreate
                ? Session.words.storeWillBeMade(path) : Session.words.cannotCreate(path, systemMessage(errno))
            add(canCreate ? .good : .bad, Session.words.doctorStore, reason)
        } catch {
            add(.bad, Session.words.doctorStore, Failure(error)?.message ?? "\(error)")
        }
    }

    // MARK: - Stations

    /// A station that sends to a running monitor.
    private mutating func check(_ sender: Snapshot.Sender) {
        let isDoubtful = sender.isClockOff || sender.refused > 0 || !sender.sins.isEmpty
        add(
            !sender.isConnected ? .bad : isDoubtful ? .doubtful : .good, "\(sender.receiver): \(sender.name)",
            Session.words.senderCounts(
                isConnected: sender.isConnected, heard: sender.heard?.dateAndClock, packets: sender.packets,
                refused: sender.refused, clockOffset: sender.isClockOff ? sender.clockOffset : nil,
                sins: sender.sins.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }

    // MARK: - Devices

    private static func running(_ configuration: Configuration) async -> StatusMessage? {
        guard let sockets = configuration.sockets else { return nil }
        var found: StatusMessage?
        try? await StatusClient.forEachMessage(sockets.status) { message, _ in
            found = message
            return false
        }
        return found
    }

    /// A device that a running monitor asks.
    private mutating func check(_ device: Snapshot.Device) {
        let failures =
            device.timeouts + device.checksums + device.malformed + device.losses
            + device.exceptions.values.reduce(0, +)
        let words = Session.words
        // How it did before is no excuse for one that is silent now.
        let silence = words.silence(device)
        let verdict: Finding.Verdict =
            silence != nil || device.answered == 0 ? .bad : failures * 100 > device.answered ? .doubtful : .good
        let trouble = device.trouble.flatMap { ExchangeError($0) }
        add(
            verdict, "\(device.bus): \(device.name)",
            (silence.map(words.firstOfAll) ?? "")
                + words.deviceCounts(
                    answered: device.answered, failed: failures, late: device.late, median: device.median,
                    slowest: device.slowest) + (trouble.map { words.latestFailure(words.problem($0)) } ?? ""),
            trouble: trouble)
    }

    /// A bus that nobody has: each device is asked once.
    private mutating func check(_ bus: any Bus) async {
        let report = await bus.poll(at: WallClock.now)
        var problems: [String: (verdict: Finding.Verdict, error: ExchangeError)] = [:]
        for event in report.events {
            switch event {
            case .deviceLost(_, let device, let error): problems[device] = (.bad, error)
            case .deviceIncomplete(_, let device, let error): problems[device] = (.doubtful, error)
            default: break
            }
        }
        for device in await bus.statistics {
            let subject = "\(bus.name): \(device.device)"
            if let problem = problems[device.device] {
                add(problem.verdict, subject, Session.words.problem(problem.error), trouble: problem.error)
            } else {
                add(
                    .good, subject,
                    Session.words.deviceCounts(
                        answered: device.counters.answered, failed: 0, late: 0,
                        median: device.counters.roundTrips.percentile(50),
                        slowest: device.counters.roundTrips.percentile(99)))
            }
        }
        await bus.close()
    }

    // MARK: - As text

    /// Writes the report to standard output.
    ///
    /// - Throws: ``Failure`` where something is bad, after the report.
    func write(json: Bool) throws {
        var output = try Output(path: nil)
        if json {
            try output.line(
                JSON.object([
                    (
                        "findings",
                        .array(
                            findings.map {
                                .object(
                                    [
                                        ("verdict", .string("\($0.verdict)")), ("subject", .string($0.subject)),
                                        ("text", .string($0.text)),
                                    ] + ($0.trouble.map { [("trouble", .string("\($0)"))] } ?? []))
                            })
                    )
                ]).line)
        } else {
            for finding in findings {
                let mark = finding.verdict.text(Session.words)
                try output.line(
                    "\(mark)\(String(repeating: " ", count: 5 - mark.columns))\(finding.subject): \(finding.text)"
                        .harmless)
            }
        }
        try output.finish()
        let bad = findings.filter { $0.verdict == .bad }.map(\.subject)
        guard bad.isEmpty else { throw Failure(.unavailable, Session.words.notAllIsWell(bad)) }
    }
}
