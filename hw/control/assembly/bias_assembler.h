// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// 8 bytes per kernel, one range of the value stream per layer: a bias is two words.
class BiasAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::biases; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
};

}  // namespace airnn
