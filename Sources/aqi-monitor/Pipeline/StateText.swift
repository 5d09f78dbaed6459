import Foundation

/// What is remembered over a restart, as the store has it: the same state is the same text in every run.
func stateText(_ state: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(state), as: UTF8.self)
}
