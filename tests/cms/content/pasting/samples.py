"""HTML as programs put it on the clipboard, shortened but not tidied."""

from __future__ import annotations

#: Word 365 on Windows, Vietnamese text.
WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/an/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- @font-face {font-family:"Cambria Math";} p.MsoNormal {mso-style-unhide:no; color:black;} --></style></head>
<body lang=EN-US style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->
<h1 style='margin-top:12.0pt'><span lang=VI style='font-family:"Times New Roman",serif;color:#C00000'>I. Diện
tích<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify;text-indent:36.0pt'><span lang=VI style='font-size:14.0pt;line-height:
107%;font-family:"Times New Roman",serif'>Khu công nghiệp <b style='mso-bidi-font-weight:normal'>Thụy Vân</b> rộng
<i>3.350.000</i> m<sup>2</sup>, xem <a href="https://phutho.gov.vn/kcn?id=1&amp;lang=vi">trang của tỉnh</a><a
style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.<s><del
cite="mailto:An" datetime="2026-11-01T08:00">bản cũ</del></s><span class=MsoCommentReference><a
style='mso-comment-reference:A_1;mso-comment-date:20261101T0800'>&nbsp;</a></span><o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=VI>Đường
giao thông<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-add-space:auto;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if
!supportLists]><span style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Quốc lộ 2<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Điện<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>Bước một<o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0'><td width=200 valign=top style='border:solid windowtext 1.0pt'>
  <p class=MsoNormal align=center><b>Tên<o:p></o:p></b></p></td>
  <td width=200><p class=MsoNormal><b>Diện tích (m<sup>2</sup>)<o:p></o:p></b></p></td></tr>
 <tr><td><p class=MsoNormal>Thụy Vân<o:p></o:p></p></td><td><p class=MsoNormal>3.350.000,5<o:p></o:p></p></td></tr>
 <tr><td colspan=2><p class=MsoNormal>Cộng<o:p></o:p></p></td></tr>
</table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="Picture_1" style='width:10pt'><v:imagedata
 src="file:///C:/Users/an/AppData/Local/Temp/msohtmlclip1/01/clip_image001.png"/></v:shape><![endif]--><![if !vml]><img
width=10 height=10 src="file:///C:/Users/an/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png"
alt="Cổng khu công nghiệp&#10;&#10;Description automatically generated" v:shapes="Picture_1"><![endif]><o:p></o:p></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Sửa lại</p></div></div>
<!--EndFragment--></body></html>"""

#: Google Docs: everything within a bold that is none.
GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"
style="line-height:1.38"><span style="font-size:16pt;font-weight:700;color:#000">Mục tiêu</span></h2><p dir="ltr"><span
style="font-size:11pt;font-weight:700">Đậm</span><span style="font-size:11pt;font-weight:400"> và </span><span
style="font-style:italic;font-weight:400">nghiêng</span><span style="vertical-align:super;font-size:0.6em">2</span></p><ol
style="margin-top:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Một</span></p></li><ol><li
aria-level="2"><p><span>Một a</span></p></li></ol><li><p><span>Hai</span></p></li></ol></b><br class="Apple-interchange-newline">"""

#: An article of a portal that lays out its page with tables, as the browser copies it.
OLD_PORTAL = """<html><body><!--StartFragment--><table width="100%"><tbody><tr><td class="ndtin"><div style="text-align:
justify; color: rgb(51, 51, 51); font-family: Arial; background-color: #fff">(CTTĐT) - Sáng 11/11, tại xã
Thụy Vân<br><br><font face="Arial" color="#ff0000"><strong>Lễ phát động</strong></font> đã diễn ra.</div><table
align="center"><tr><td><img src="/Uploads/anh 1.jpg" alt="anh1.jpg" onclick="zoom(this)"></td></tr><tr><td><em>Toàn cảnh
lễ phát động</em></td></tr></table><p>Xem <a href="javascript:void(0)" onclick="x()">thêm</a> <a href="/van-ban/12">văn
bản</a>.</p><script>track()</script><iframe src="https://youtube.com/embed/1"></iframe></td></tr></tbody></table>
<!--EndFragment--></body></html>"""
