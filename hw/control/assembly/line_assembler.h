// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// Matrices of which some layers' weights are lines: segments, and the words that they stand for,
/// kernel by kernel. Plain layers are assembled as ever.
class LineAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::weights; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
};

}  // namespace airnn
