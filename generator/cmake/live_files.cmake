# The page side of the preview lives in files of its own, so that an editor and a browser know them for what they are;
# the program carries them inside.
function(qunying_live_files target)
  set(folder "${CMAKE_CURRENT_SOURCE_DIR}/serve")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${folder}/live.js" "${folder}/live.css")
  file(READ "${folder}/live.js" LIVE_JS)
  file(READ "${folder}/live.css" LIVE_CSS)
  configure_file("${CMAKE_CURRENT_SOURCE_DIR}/cmake/live_files.cc.in" "${CMAKE_CURRENT_BINARY_DIR}/live_files.cc" @ONLY)
  target_sources(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/live_files.cc")
endfunction()
