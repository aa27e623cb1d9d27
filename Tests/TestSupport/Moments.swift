// The clock of tests that must use the real one, because certificates of the development PKI are issued by it.

import Foundation
package import MimamoriCore

package enum Moment {
    package static func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
