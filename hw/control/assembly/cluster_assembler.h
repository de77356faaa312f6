// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// The four arrays of one or two clusters.
///
/// A beat needs, besides its values and columns, every row entry up to and including the first that
/// lies behind the beat (only that one tells that the last row has not ended), and the layer
/// entries likewise.
class ClusterAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::weights; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
};

}  // namespace airnn
