// SPDX-License-Identifier: Apache-2.0
//
// The next entries of a position array, `row` or `layer` (docs/memory_image.md): a number, and the
// position from which on it holds. Says how many lie before an end, and whether so much has arrived
// that this is certain: the first that lies behind, or all that there are.
module airnn_entries #(
    parameter int unsigned ENTRIES = 17
) (
    input logic [2:0]           index_bytes,  // of the number; behind it, 4 of the position
    input logic [ENTRIES*64-1:0] window,       // bytes from the first entry on
    input logic [31:0]          used,         // bytes of the stream before it
    input logic [31:0]          size,         // bytes of the stream up to the array's end
    input logic [31:0]          arrived,      // bytes of the stream
    input logic [31:0]          first,        // position of what is before all
    input logic [31:0]          limit,        // the end: entries before this position count

    output logic                              is_certain,
    output logic                              is_damaged,  // positions do not ascend
    output logic [$clog2(ENTRIES+1)-1:0]      count,
    output logic [31:0]                       count_bytes,
    output logic [ENTRIES*16-1:0]             number,
    output logic [ENTRIES*8-1:0]              offset   // position - first, of those that count
);
  localparam int unsigned COUNT = $clog2(ENTRIES + 1);

  logic [ENTRIES*32-1:0] position;
  logic [ENTRIES-1:0]    exists, is_here;
  logic [3:0]            entry_bytes;

  assign entry_bytes = 4'd4 + 4'(index_bytes);
  assign count_bytes = 32'(count) * 32'(entry_bytes);

  for (genvar j = 0; j < ENTRIES; j++) begin : g_entries
    logic [31:0] end_of;
    assign end_of = used + (32'(j) + 32'd1) * 32'(entry_bytes);
    assign exists[j] = end_of <= size;
    assign is_here[j] = end_of <= arrived;
    always_comb begin
      case (index_bytes)
        3'd1: begin
          number[j*16+:16]   = 16'(window[j*40+:8]);
          position[j*32+:32] = window[j*40+8+:32];
        end
        3'd2: begin
          number[j*16+:16]   = window[j*48+:16];
          position[j*32+:32] = window[j*48+16+:32];
        end
        default: begin
          number[j*16+:16]   = window[j*64+:16];
          position[j*32+:32] = window[j*64+32+:32];
        end
      endcase
    end
    assign offset[j*8+:8] = 8'(position[j*32+:32] - first);
  end

  logic is_over;
  always_comb begin : count_entries
    count = '0;
    is_certain = 1'b1;
    is_over = 1'b0;
    for (int unsigned j = 0; j < ENTRIES; j++) begin
      if (!is_over) begin
        if (!exists[j]) is_over = 1'b1;
        else if (!is_here[j]) begin
          is_over = 1'b1;
          is_certain = 1'b0;
        end else if (position[j*32+:32] >= limit) is_over = 1'b1;
        else count = count + 1'b1;
      end
    end
  end

  always_comb begin : check
    is_damaged = count == COUNT'(ENTRIES);
    for (int unsigned j = 0; j < ENTRIES; j++) begin
      if (COUNT'(j) < count && (j == 0 ? position[31:0] < first :
          position[j*32+:32] <= position[(j==0?0:j-1)*32+:32])) is_damaged = 1'b1;
    end
  end

  logic unused;
  assign unused = &{1'b0, window};
endmodule
