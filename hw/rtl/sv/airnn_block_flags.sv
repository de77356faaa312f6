// SPDX-License-Identifier: Apache-2.0
//
// Flag decoder of a channel unit: which neighbouring blocks are summed up together. A flag is
// inverted wherever the next block belongs to another kernel. Legal runs are a power of two of
// blocks at a multiple of it, so a run of 2^l blocks comes out of level l of the tree.
module airnn_block_flags #(
    parameter int unsigned BLOCKS = 4  // a power of two
) (
    input logic [BLOCKS-1:0] flags,  // bit b: of block b

    output logic                                 legal,
    output logic [BLOCKS-1:0]                    first,  // a run begins with the block
    output logic [BLOCKS*$clog2(BLOCKS+1)-1:0]   blocks  // of the run that begins there; else 0
);
  localparam int unsigned BITS = $clog2(BLOCKS + 1);

  always_comb begin : find_runs
    first[0] = 1'b1;
    for (int unsigned b = 1; b < BLOCKS; b++) first[b] = flags[b] != flags[b-1];
  end

  always_comb begin : measure_runs
    blocks = '0;
    for (int unsigned b = 0; b < BLOCKS; b++) begin
      for (int unsigned end_of = b + 1; end_of <= BLOCKS; end_of++) begin
        // The first run that begins behind b ends this one.
        if (first[b] && blocks[b*BITS+:BITS] == '0 &&
            (end_of == BLOCKS || first[end_of%BLOCKS])) begin
          blocks[b*BITS+:BITS] = BITS'(end_of - b);
        end
      end
    end
  end

  // Size and place share no bit below the size: then it is a multiple, and a power of two.
  always_comb begin : check_runs
    legal = 1'b1;
    for (int unsigned b = 0; b < BLOCKS; b++) begin
      if ((blocks[b*BITS+:BITS] & (blocks[b*BITS+:BITS] - 1'b1)) != '0 ||
          (first[b] && (BITS'(b) & (blocks[b*BITS+:BITS] - 1'b1)) != '0)) legal = 1'b0;
    end
  end
endmodule
