/// The languages that the program speaks.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case chinese = "zh"

    /// The language of the environment: the first of LC_ALL, LC_MESSAGES, LANG that is set; English where none is.
    package init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale?.hasPrefix("zh") ?? false ? .chinese : .english
    }

    /// Everything that the program says in this language.
    package var words: any Words {
        switch self {
        case .english: English()
        case .chinese: Chinese()
        }
    }
}
