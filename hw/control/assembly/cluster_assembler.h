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
  /// `has_lines`: in the place of values.
  explicit ClusterAssembler(bool has_lines = false) : has_lines_(has_lines) {}

  BatchKind kind() const override { return BatchKind::weights; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;

 private:
  bool has_lines_;
};

}  // namespace airnn
