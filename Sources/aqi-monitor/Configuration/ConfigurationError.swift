/// What is wrong with a configuration, and where.
struct ConfigurationError: Error, Equatable {
    enum Kind: Equatable {
        /// Not TOML; the parser's words.
        case syntax(String)
        case missingKey(String)
        case unknownKey(String, suggestion: String?)
        /// A value of another kind than the key takes.
        case wrongType(key: String, wanted: String)
        /// A number outside its range.
        case outOfRange(key: String, value: Int, lowest: Int, highest: Int)
        /// A word that is not one of those that the key takes.
        case notOneOf(key: String, value: String, allowed: [String])
        /// Two things of the same name, or two channels for the same parameter.
        case repeated(String)
        /// A name that nothing bears.
        case unknownName(key: String, value: String, known: [String])
        /// Two keys of which only one can be there.
        case notTogether(String, String)
        /// A rule that is never asked where it stands, because one of a higher level holds whenever it does.
        case outOfOrder(String, after: String)
        /// A file that a key names, or one of a folder that it names.
        case unreadableFile(key: String, path: String, errno: Int32)
        /// No number of a station, as HJ 212 sends it in MN.
        case notAnMN(key: String)
        /// No bus, no station, no channel.
        case nothingToDo(String)
    }

    var path: String
    var line: Int
    var column: Int
    var kind: Kind
}
