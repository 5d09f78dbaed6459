import COpenSSL

/// The hash function of the trails.
///
/// Source: FIPS 180-4; computed by libcrypto.
enum SHA256 {
    static let length = 32

    static func digest(of bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: length)
        // Invariant: SHA256 reads bytes.count bytes and writes SHA256_DIGEST_LENGTH, 32, which digest has.
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe digest.withUnsafeMutableBufferPointer { digest in
                _ = unsafe COpenSSL.SHA256(bytes.baseAddress, bytes.count, digest.baseAddress)
            }
        }
        return digest
    }
}
