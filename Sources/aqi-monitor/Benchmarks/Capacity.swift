import Texts

/// How many stations a box carries, worked out from what was measured on it: stations of six channels at 1 Hz over Modbus TCP, each
/// one request a second, on one core.
struct Capacity {
    /// What one station takes of a core in each second, microseconds.
    struct Share: Equatable {
        let stage: String
        let microseconds: Double
    }

    /// The stages of a reading, the costliest first, and under the name of ``PipelineStages/run`` all that the whole program takes
    /// beyond them.
    let shares: [Share]
    /// What goes off each second whatever the number of stations: a commit every five seconds, a frame.
    let fixedMicroseconds: Double
    /// A run of the whole program: so many stations took so many thousandths of a core.
    let measured: (stations: Int64, cpuThousandths: Int64)

    /// - Returns: nil where a stage that it needs was not measured.
    init?(_ results: [BenchResult]) {
        let found = Dictionary(results.map { ($0.stage.name, $0) }) { $1 }
        func microseconds(_ stage: String, _ units: Double) -> Double? { found[stage].map { units * 1e6 / $0.rate } }
        guard let wire = microseconds("ingest.modbus.10", 1), let core = microseconds("core.streaming", 6),
            let store = microseconds("store.samples", 6), let commit = microseconds(LimitStages.disk, 0.2),
            let frame = microseconds("terminal.frame", 1), let run = found[PipelineStages.run],
            let stations = run.outcome.detail("stations"), let thousandths = run.outcome.detail("cpuThousandths")
        else { return nil }
        fixedMicroseconds = commit + frame
        measured = (stations, thousandths)
        let stages = [
            Share(stage: "ingest.modbus.10", microseconds: wire), Share(stage: "core.streaming", microseconds: core),
            Share(stage: "store.samples", microseconds: store),
        ]
        let whole = (Double(thousandths) * 1000 - fixedMicroseconds) / Double(stations)
        let rest = max(0, whole - stages.reduce(0) { $0 + $1.microseconds })
        shares = (stages + [Share(stage: PipelineStages.run, microseconds: rest)]).sorted {
            $0.microseconds > $1.microseconds
        }
    }

    /// The number of stations at which one core has nothing left.
    var stations: Int {
        Int((1e6 - fixedMicroseconds) / shares.reduce(0) { $0 + $1.microseconds })
    }

    /// The stage that takes the most: where it stops.
    var limit: Share { shares[0] }

    var json: JSON {
        .object([
            ("capacity", .string("stations at 1 Hz")), ("stations", .integer(Int64(stations))),
            ("limit", .string(limit.stage)), ("fixedMicroseconds", .number(BenchResult.plain(fixedMicroseconds))),
            (
                "microsecondsPerStation",
                .object(shares.map { ($0.stage, .number(BenchResult.plain($0.microseconds))) })
            ),
            ("measuredStations", .integer(measured.stations)),
            ("measuredCPUThousandths", .integer(measured.cpuThousandths)),
        ])
    }

    func lines(_ words: any Words) -> [String] {
        [
            words.capacity(
                stations: stations, measured: Int(measured.stations),
                percent: BenchResult.plain(Double(measured.cpuThousandths) / 10)),
            words.capacityLimit(
                stage: limit.stage, shares: shares.map { "\($0.stage) \(BenchResult.plain($0.microseconds)) µs" }),
        ]
    }
}

extension Trial.Outcome {
    func detail(_ name: String) -> Int64? { details.first { $0.name == name }?.value }
}
