// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// Header and section table: a beat per burst, without words.
class DirectoryAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::directory; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
};

}  // namespace airnn
