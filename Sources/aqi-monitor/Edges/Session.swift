import Glibc
import Logging
import ServiceLifecycle
import Texts
import UnixSignals

/// What holds for the whole run of the program: the language, and where messages go.
enum Session {
    /// The language of the environment, or the one that `--lang` names anywhere on the command line: it must be known before
    /// the command line is understood, because that may fail.
    static let language: Language = {
        let arguments = CommandLine.arguments
        for (place, argument) in arguments.enumerated() {
            if argument == "--lang", place + 1 < arguments.count,
                let language = Language(rawValue: arguments[place + 1])
            {
                return language
            }
            if argument.hasPrefix("--lang="), let language = Language(rawValue: String(argument.dropFirst(7))) {
                return language
            }
        }
        return Language(environment: environment)
    }()

    static let words: any Words = language.words

    /// Everything that is logged goes to standard error.
    static let logger = Logger(label: "aqi-monitor") { _ in StandardErrorLog() }

    /// Runs services until one of them is done, the user interrupts or the system asks to end; then stops them in reverse.
    ///
    /// A hang-up ends only what has a screen: without one the system's rule stands, and nohup keeps what it keeps.
    static func serve(_ services: [any Service], hasScreen: Bool) async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: services.map {
                    .init(
                        service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .cancelGroup)
                },
                gracefulShutdownSignals: hasScreen ? [.sigint, .sigterm, .sighup] : [.sigint, .sigterm],
                logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() }))
        try await group.run()
    }

    /// The same for the services of a monitor; its store is closed after them.
    static func serve(_ services: [any Service], of pipeline: Pipeline, hasScreen: Bool) async throws {
        do {
            try await serve(services, hasScreen: hasScreen)
        } catch {
            // What waits is not lost with the rest.
            try? await pipeline.close()
            throw error
        }
        try await pipeline.close()
    }

    /// Whether the locale of the environment writes UTF-8.
    static var isUTF8: Bool {
        let environment = environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale.map { $0.uppercased().hasSuffix("UTF-8") || $0.uppercased().hasSuffix("UTF8") } ?? false
    }

    private static var environment: [String: String] {
        var values: [String: String] = [:]
        for name in ["LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG"] { values[name] = environmentValue(name) }
        return values
    }

    /// A variable of the environment; nil where it is not set.
    static func environmentValue(_ name: String) -> String? {
        // Invariant: getenv returns a NUL-terminated string that is copied at once; nothing here changes the environment.
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// Tells the user something, on standard error. Control characters from files and devices do not reach the terminal.
    static func say(_ message: String) { write("aqi-monitor: " + message) }

    /// The same without the name of the program.
    static func write(_ message: String) {
        var bytes = Array((message.harmless + "\n").utf8)
        // Invariant: write(2) reads bytes.count bytes of the array.
        _ = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
