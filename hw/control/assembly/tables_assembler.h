// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// Interleave tables: one range of the column, row and layer streams per layer, without words.
class TablesAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::tables; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
};

}  // namespace airnn
