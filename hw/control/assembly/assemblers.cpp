// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/assemblers.h"

#include <string>

#include "hw/control/assembly/bias_assembler.h"
#include "hw/control/assembly/cluster_assembler.h"
#include "hw/control/assembly/dense_assembler.h"
#include "hw/control/assembly/directory_assembler.h"
#include "hw/control/assembly/input_map_assembler.h"
#include "hw/control/assembly/line_assembler.h"
#include "hw/control/assembly/tables_assembler.h"
#include "sw/format/encoding/encodings.h"
#include "sw/format/errors.h"

namespace airnn {

const Assembler& directory_assembler() {
  static const DirectoryAssembler assembler;
  return assembler;
}

const Assembler& bias_assembler() {
  static const BiasAssembler assembler;
  return assembler;
}

const Assembler& tables_assembler() {
  static const TablesAssembler assembler;
  return assembler;
}

const Assembler& input_map_assembler() {
  static const InputMapAssembler assembler;
  return assembler;
}

const Assemblers& built_in_assemblers() {
  static const DenseAssembler dense;
  static const ClusterAssembler clusters;
  static const LineAssembler lines;
  static const ClusterAssembler clusters_of_lines(true);
  static const Assemblers assemblers = {{kPlainEncoding, ArrayPart::matrix, &dense},
                                        {kPlainEncoding, ArrayPart::cluster, &clusters},
                                        {kBinnedEncoding, ArrayPart::matrix, &dense},
                                        {kBinnedEncoding, ArrayPart::cluster, &clusters},
                                        {kLineEncoding, ArrayPart::matrix, &lines},
                                        {kLineEncoding, ArrayPart::cluster, &clusters_of_lines}};
  return assemblers;
}

const Assembler& find_assembler(const Assemblers& assemblers, const WeightEncoding& encoding) {
  for (const AssemblerOfEncoding& row : assemblers) {
    if (row.number == encoding.number() && row.part == encoding.part()) {
      return *row.assembler;
    }
  }
  throw ImageError("header: the machine cannot fetch weight encoding " +
                   std::to_string(encoding.number()) + " (" + encoding.name() + ")");
}

}  // namespace airnn
