extension Dialect {
    /// HJ 212-2025, in force from 2026-01-01, as far as secondary sources tell: frame, CRC and codes as in 2017, version 2 in Flag,
    /// `RF=1` on what is sent again. Its encryption of CP (SM4) is not known well enough to be read.
    package static let hj212Of2025 = Dialect(
        name: "hj212-2025", version: 2, longestData: 1024, requiresQN: true, requiresFlag: true, answersInCP: false,
        marksResent: true, newPasswordKey: "NewPW", factors: factorsOf2017)
}
