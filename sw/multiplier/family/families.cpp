// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/families.h"

#include "sw/multiplier/family/bam.h"
#include "sw/multiplier/family/drum.h"
#include "sw/multiplier/family/exact.h"
#include "sw/multiplier/family/mask.h"
#include "sw/multiplier/family/mitchell.h"
#include "sw/multiplier/family/orc.h"
#include "sw/multiplier/family/roba.h"
#include "sw/multiplier/family/ssm.h"
#include "sw/multiplier/family/trunc.h"
#include "sw/multiplier/family/udm.h"

namespace airnn {

const std::vector<MultiplierFamily>& multiplier_families() {
  static const std::vector<MultiplierFamily> families = {
      exact_family(), trunc_family(),    bam_family(),  mask_family(), orc_family(),
      drum_family(),  mitchell_family(), roba_family(), ssm_family(),  udm_family(),
  };
  return families;
}

std::string MultiplierFamily::text(const FamilyValues& values) const {
  std::string text;
  for (const int value : values) {
    text += (text.empty() ? "" : ", ") + std::to_string(value);
  }
  return text.empty() ? name : name + "(" + text + ")";
}

}  // namespace airnn
