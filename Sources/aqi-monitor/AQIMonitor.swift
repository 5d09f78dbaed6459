import ArgumentParser
import Glibc
import Texts

/// The program: a table of contents.
struct AQIMonitor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aqi-monitor",
        abstract: "Air-quality monitoring: from the analyser's wire to the index, the warning and the screen.",
        discussion: """
            EXAMPLES
              aqi-monitor demo                       simulated analysers, the whole chain, the live screen
              aqi-monitor compute hours.csv          the index of hourly data
              aqi-monitor run --config station.toml  measure, day and night
            """,
        version: "0.1.0",
        subcommands: [
            Demo.self, Run.self, Watch.self, Compute.self, Statistics.self, Explain.self, Quality.self, Query.self,
            Export.self, Import.self, Backup.self, StoreCommand.self, Doctor.self, WarningsCommand.self,
            LedgerCommand.self, InventoryCommand.self, CalibrationDeskCommand.self, AlarmsCommand.self,
            CheckConfig.self, Profiles.self, Modbus.self, Serial.self, HJ212Command.self,
            Simulate.self, Bench.self,
        ])
}

@main
enum Main {
    static func main() async {
        // A reader that goes away is an error of write(2), not a reason to die.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try AQIMonitor.parseAsRoot()
            let kind = type(of: command)
            do {
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            } catch let error as ValidationError {
                WrongUsage.exit(error, by: kind)
            }
        } catch {
            guard let failure = Failure(error) else { WrongUsage.exit(error) }
            failure.exit()
        }
    }
}
