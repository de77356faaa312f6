// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// Dense matrices: one range of the value stream per layer.
class DenseAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::weights; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
  /// One layer.
  static void assemble_range(const FetchBytes& fetch, std::size_t range, Assembly& assembly);
};

}  // namespace airnn
