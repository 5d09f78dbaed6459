import ArgumentParser
import Glibc
import Texts

/// A command line that cannot be carried out: what is wrong, and how the command that was meant is called.
enum WrongUsage {
    /// Ends the program with what the parser found, or with what was asked of it, as --help.
    static func exit(_ error: any Error) -> Never {
        guard AQIMonitor.exitCode(for: error) == .validationFailure else { AQIMonitor.exit(withError: error) }
        refuseUnknownCommand(in: CommandLine.arguments.dropFirst())
        exit(AQIMonitor.fullMessage(for: error))
    }

    /// Ends the program where a word stands in the place of a command and is none: the parser would tell of the first option
    /// behind it.
    private static func refuseUnknownCommand(in arguments: some Sequence<String>) {
        var group: any ParsableCommand.Type = AQIMonitor.self
        for word in arguments {
            let commands = group.configuration.subcommands
            guard !commands.isEmpty, group.configuration.defaultSubcommand == nil, !word.hasPrefix("-"), word != "help"
            else { return }
            guard let next = commands.first(where: { $0._commandName == word }) else {
                let near = commands.map { $0._commandName }.first { isNear(word, $0) }
                exit(ValidationError(Session.words.unknownCommand(word, suggestion: near)), by: group)
            }
            group = next
        }
    }

    /// Ends the program with what a command refused while it ran: the parser no longer knows which one that was.
    static func exit(_ error: ValidationError, by command: any ParsableCommand.Type) -> Never {
        let usage = AQIMonitor.usageString(for: command)
        let path = usage.split(separator: " ").prefix { $0.first?.isLetter == true }.joined(separator: " ")
        exit("Error: \(error.message)\nUsage: \(usage)\n  See '\(path) --help' for more information.")
    }

    /// Refuses a number that an option does not take.
    static func check<Number: BinaryInteger>(_ option: String, _ number: Number?, in range: ClosedRange<Number>) throws
    {
        guard let number, !range.contains(number) else { return }
        throw ValidationError(
            Session.words.within("\(option) \(number)", Int(range.lowerBound)...Int(range.upperBound)))
    }

    private static func exit(_ text: String) -> Never {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        Session.write(lines.map { Session.words.wrongUsage($0) }.joined(separator: "\n"))
        Glibc.exit(ExitStatus.wrongUsage.rawValue)
    }
}
