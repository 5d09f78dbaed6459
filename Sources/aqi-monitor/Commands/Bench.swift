import ArgumentParser
import Foundation
import Texts

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How fast this machine is, stage by stage, and how many stations it carries.",
        discussion: """
            Made-up data larger than the caches, the median of the repetitions; a stage with a limit (memory.copy, loopback.echo,
            disk.commit) is measured in turn with it. The checksum is of the results: the same on every machine. Without stages
            all are measured, in a few minutes, and the end says how many stations this box carries and where it stops.

            EXAMPLES
              aqi-monitor bench
              aqi-monitor bench core --json
              aqi-monitor bench core.batch --repeat 11
              aqi-monitor bench store --store-folder /var/lib/aqi-monitor
              aqi-monitor bench core.row --growth
            """)

    @Argument(help: "Stages or their beginnings, as core or core.streaming; all without.")
    var stages: [String] = []

    @Option(name: .customLong("repeat"), help: "How many times each stage is timed.")
    var repetitions = 5

    @Option(help: "How large the work is, in thousandths of what is usual.")
    var times = 1000

    @Flag(help: "Each stage at 1, 10, 100 and 1000 thousandths: how the cost of one grows with their number.")
    var growth = false

    @Flag(help: "Everything as small and short as can be: whether it works, not how fast.")
    var smoke = false

    @Option(help: "The folder of the files that are written; it says which disk is measured.")
    var storeFolder: String?

    @Option(help: "How long stages go on that go by the clock, as pipeline.run and store.sustained.")
    var seconds = 10

    @Option(help: "Ask the Modbus server on this port of the loopback interface; without, one of our own.")
    var modbusServer: Int?

    @Flag(
        help: "A repetition of the one stage for each line of standard input, a line of JSON each: for scripts/bench.")
    var onDemand = false

    @Flag(help: "Say which stages there are, as JSON, and measure none.")
    var list = false

    @Option(help: "Write the input of core.batch here, raw, for other implementations, and end.")
    var writeData: String?

    @Option(help: "Write the sub-index of every legal concentration here, as CSV, for other implementations, and end.")
    var writeIndices: String?

    @Flag(help: "One line of JSON a result.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("--repeat", repetitions, in: 1...1000)
        try WrongUsage.check("--times", times, in: 1...1000)
        try WrongUsage.check("--seconds", seconds, in: 1...86_400)
        for text in stages where !Stage.all.contains(where: { $0.isAsked(for: text) }) {
            throw ValidationError(Session.words.oneOf(text, Stage.all.map(\.name)))
        }
        guard !onDemand || asked.count == 1 else {
            throw ValidationError(Session.words.within("--on-demand, stages: \(asked.count)", 1...1))
        }
    }

    private var asked: [Stage] {
        Stage.all.filter { stage in stages.isEmpty ? !stage.isOptional : stages.contains(where: stage.isAsked) }
    }

    private var surroundings: Surroundings {
        Surroundings(
            folder: storeFolder ?? FileManager.default.temporaryDirectory.path, modbusServer: modbusServer,
            seconds: smoke ? 1 : seconds)
    }

    mutating func run() async throws {
        if let writeData {
            let data = BenchData(stationHours: BenchData.batchSize * times / 1000, air: .ordinary, seed: 1)
            try data.write(to: writeData)
            return print("{\"hours\":\(data.hourCount),\"stations\":\(data.stationCount)}")
        }
        if let writeIndices { return try LegalIndices.write(to: writeIndices) }
        if list { return try listStages() }
        raiseOpenFileLimit()
        if onDemand { return try await answer(asked[0]) }
        var output = try Output(path: nil)
        var results: [BenchResult] = []
        for stage in asked {
            for times in smoke ? [1] : growth ? Stage.times : [times] {
                let result = try await Repetitions.measure(
                    stage, times: times, count: smoke ? 1 : repetitions, surroundings, shortest: smoke ? 0 : 0.1)
                results.append(result)
                try output.line(json ? result.json.line : result.row)
                try output.flush()
            }
        }
        if stages.isEmpty, !growth, let capacity = Capacity(results) {
            for line in json ? [capacity.json.line] : capacity.lines(Session.words) { try output.line(line) }
        }
        try output.finish()
    }

    private func listStages() throws {
        var output = try Output(path: nil)
        for stage in asked {
            let members: [(String, JSON)] = [
                ("stage", .string(stage.name)), ("unit", .string(stage.unit)),
                ("size", .integer(Int64(stage.size(times: times)))), ("sizeUnit", .string(stage.sizeUnit)),
                ("clock", .string("\(stage.clock)")),
            ]
            try output.line(JSON.object(members).line)
        }
        try output.finish()
    }

    /// Says that it is ready, and does the work once more for every line that comes: whoever asks puts others in between.
    private func answer(_ stage: Stage) async throws {
        var output = try Output(path: nil)
        var repetitions = try await Repetitions(
            stage, size: stage.size(times: times), surroundings, shortest: smoke ? 0 : 0.1)
        try output.line("ready")
        try output.flush()
        while readLine() != nil {
            let seconds = try await repetitions.next()
            try output.line(repetitions.result(seconds: seconds).json.line)
            try output.flush()
        }
        try await repetitions.close()
    }
}
