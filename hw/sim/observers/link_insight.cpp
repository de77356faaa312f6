// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/link_insight.h"

#include "hw/sim/observers/mesh_insight.h"

namespace airnn {

const LinkInsights& built_in_insights() {
  static const LinkInsights insights = {insight_into_mesh};
  return insights;
}

std::unique_ptr<LinkInsight> insight_into(Link& link, const LinkInsights& insights) {
  for (const LinkInsightOf& insight_of : insights) {
    if (std::unique_ptr<LinkInsight> insight = insight_of(link.core())) {
      return insight;
    }
  }
  return nullptr;
}

}  // namespace airnn
