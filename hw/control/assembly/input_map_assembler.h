// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// 4 bytes per element: beats are whole bursts, words are not used.
class InputMapAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::input_map; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
};

}  // namespace airnn
