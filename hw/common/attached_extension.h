// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

namespace airnn {

/// An extension that goes with a transaction as long as this lives, also if a call ends by an
/// exception: a payload would destroy what it still has when it is destroyed itself.
template <typename Extension>
class AttachedExtension {
 public:
  AttachedExtension(tlm::tlm_generic_payload& payload, Extension& extension)
      : payload_(payload), extension_(extension) {
    payload_.set_extension(&extension_);
  }
  ~AttachedExtension() { payload_.clear_extension(&extension_); }
  AttachedExtension(const AttachedExtension&) = delete;
  AttachedExtension& operator=(const AttachedExtension&) = delete;

 private:
  tlm::tlm_generic_payload& payload_;
  Extension& extension_;
};

}  // namespace airnn
