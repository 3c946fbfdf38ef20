install(TARGETS qunying qunying_install RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(TARGETS qunying_pictures qunying_font_worker RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/qunying")
install(DIRECTORY themes DESTINATION "${CMAKE_INSTALL_DATADIR}/qunying")
install(FILES docs/qunying.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
