//! What names are made of, by culture. A word stands once for each script: `Latin=native`, `Latin=kana=kanji`.
//!
//! The first of a list are the commonest. A `-` is nothing.

pub(super) const LATIN_GIVEN: &str = "Michael David Thomas Daniel Peter Maria Anna James Robert John Martin Christian \
    Alexander Laura Marco Lucas Andrea William Carlos José Jan Sebastian Julia Oliver Felix Richard Maximilian Emma \
    Antonio Joseph Benjamin Jonas Sofia Nicholas Anthony Lars Christopher Francisco Charles Łukasz Pedro François \
    Matthias Johannes Björn George Liam Hannah Karl Gabriel Elena Henry Arthur Edward Fabian Giuseppe Eric Brian Emil \
    Clara Amelie Ingrid Gustav Isabella Adam Katharina Frederick Ludovic";
pub(super) const LATIN_GIVEN_BEGINS: &str =
    "Ad Al Am Ar Bel Cal Cor Dar El Fer Gar Hel Is Jor Kal Leo Mal Nor Or Ren Sal Tar Vin Wen";
pub(super) const LATIN_GIVEN_ENDS: &str =
    "a an ard ena ert ia ian ica iel ina ine is ita mund on ora rick us win ya";
pub(super) const LATIN_BEGINS: &str = "Ander Peter Carl Berg Black Stein Hart Lang Lind Klein Beck Gold Gran Hal Holm \
    Mar Mon Nor Ross Sand West Wil Winter Acker Baum Bran Brom Calder Clay Dahl Den Eden Eller Fair Farn Harding Kess \
    Ober Oster Pal Schön Sil Sunder Thorn Tor Val Wald Zeller";
pub(super) const LATIN_MIDDLES: &str = "- - - el en er i ing o os ten un";
pub(super) const LATIN_SECOND_MIDDLES: &str = "- - - - - - - - - el en er i ing o os ten un";
pub(super) const LATIN_ENDS: &str = "son sen man berg ez ini bach ati burn dale dorf eira feld ford gaard hausen ley mark \
    mont qvist stedt ström ton worth";

pub(super) const CYRILLIC_GIVEN: &str = "Alexander=Александр Dmitry=Дмитрий Ivan=Иван Sergey=Сергей Alexey=Алексей \
    Maxim=Максим Pavel=Павел Anna=Анна Anton=Антон Roman=Роман Oleg=Олег Viktor=Виктор Igor=Игорь Nikita=Никита \
    Denis=Денис Boris=Борис Yuri=Юрий Evgeny=Евгений Olga=Ольга";
pub(super) const CYRILLIC_GIVEN_BEGINS: &str =
    "Vladi=Влади Yaro=Яро Svyato=Свято Miro=Миро Rosti=Рости Stani=Стани Vyache=Вяче";
pub(super) const CYRILLIC_GIVEN_ENDS: &str = "slav=слав mir=мир polk=полк";
pub(super) const CYRILLIC_FATHERS: &str = "Ivanovich=Иванович Petrovich=Петрович Olegovich=Олегович \
    Sergeevich=Сергеевич Viktorovich=Викторович Borisovich=Борисович";
pub(super) const CYRILLIC_BEGINS: &str = "bar=Бар ko=Ко vol=Вол mir=Мир gor=Гор dan=Дан les=Лес mor=Мор nov=Нов \
    pet=Пет rad=Рад sol=Сол tar=Тар ver=Вер zor=Зор bel=Бел kir=Кир lan=Лан shch=Щ chay=Чай";
pub(super) const CYRILLIC_MIDDLES: &str = "bar=бар kov=ков vol=вол mir=мир gor=гор dan=дан les=лес mor=мор nov=нов pet=пет \
    rad=рад sol=сол tar=тар ver=вер zor=зор bel=бел kir=кир erb=ерб mal=мал sok=сок";
pub(super) const CYRILLIC_ENDS: &str =
    "ov=ов in=ин enko=енко sky=ский ev=ев uk=ук yn=ын chenko=ченко aev=аев ich=ич";

pub(super) const GREEK_GIVEN: &str = "Giorgos=Γιώργος Nikos=Νίκος Kostas=Κώστας Dimitris=Δημήτρης Maria=Μαρία \
    Eleni=Ελένη Katerina=Κατερίνα Spyros=Σπύρος Petros=Πέτρος Andreas=Ανδρέας Sofia=Σοφία Stavros=Σταύρος \
    Vasilis=Βασίλης Panagiotis=Παναγιώτης Christos=Χρήστος Thanasis=Θανάσης Manolis=Μανώλης Ioanna=Ιωάννα \
    Dimitra=Δήμητρα Fotis=Φώτης Markos=Μάρκος Lefteris=Λευτέρης Anastasia=Αναστασία Thodoris=Θοδωρής";
pub(super) const GREEK_BEGINS: &str = "Papa=Παπα Kara=Καρα Kon=Κον Geor=Γεωρ Theo=Θεο Vasi=Βασι Alex=Αλεξ Mark=Μαρκ \
    Niko=Νικο Stefan=Στεφαν Anton=Αντων Mich=Μιχ \
    Dia=Δια Kala=Καλα Sarant=Σαραντ Pole=Πολε Rodo=Ροδο Zaf=Ζαφ Xen=Ξεν Lam=Λαμ Tri=Τρι Vla=Βλα Gali=Γαλι Per=Περ";
pub(super) const GREEK_MIDDLES: &str = "do=δο giann=γιανν st=στ man=μαν lak=λακ dim=δημ nas=νας thod=θοδ";
pub(super) const GREEK_ENDS: &str = "opoulos=όπουλος idis=ίδης akis=άκης akos=άκος atos=άτος elis=έλης";

pub(super) const JAPANESE_GIVEN: &str = "Kenta=ケンタ=健太 Hiroyuki=ヒロユキ=裕之 Yuki=ユキ=雪 Shota=ショウタ=翔太 \
    Takumi=タクミ=拓海 Naoki=ナオキ=直樹 Kenji=ケンジ=健二 Yuto=ユウト=悠斗 Daisuke=ダイスケ=大輔 Akira=アキラ=明 \
    Shinji=シンジ=真司 Aya=アヤ=彩 Kazuya=カズヤ=和也 Sakura=サクラ=桜 Ryo=リョウ=涼 Shun=シュン=俊";
pub(super) const JAPANESE_GIVEN_BEGINS: &str = "Hiro=ヒロ=裕 Kazu=カズ=和 Masa=マサ=正 Nao=ナオ=直 Taka=タカ=隆 Yoshi=ヨシ=義 \
    Toshi=トシ=俊 Aki=アキ=秋 Haru=ハル=春 Mitsu=ミツ=光 Yasu=ヤス=康 Shige=シゲ=茂 Tomo=トモ=友 Nobu=ノブ=信";
pub(super) const JAPANESE_GIVEN_ENDS: &str = "yuki=ユキ=之 nori=ノリ=則 hiro=ヒロ=広 shi=シ=志 ya=ヤ=也 ki=キ=樹 hisa=ヒサ=久 \
    to=ト=人 mi=ミ=美 ko=コ=子 o=オ=夫 e=エ=恵 ka=カ=香 haru=ハル=晴";
pub(super) const JAPANESE_SURNAMES: &str = "Sato=サトウ=佐藤 Suzuki=スズキ=鈴木 Takahashi=タカハシ=高橋 Tanaka=タナカ=田中 \
    Watanabe=ワタナベ=渡辺 Ito=イトウ=伊藤 Yamamoto=ヤマモト=山本 Nakamura=ナカムラ=中村 Kobayashi=コバヤシ=小林 \
    Kato=カトウ=加藤 Saito=サイトウ=斎藤 Kondo=コンドウ=近藤";
pub(super) const JAPANESE_BEGINS: &str = "Yama=ヤマ=山 Kawa=カワ=川 Naka=ナカ=中 Taka=タカ=高 Mori=モリ=森 Matsu=マツ=松 \
    Ishi=イシ=石 Ki=キ=木 Ao=アオ=青 Kuro=クロ=黒 Shima=シマ=島 Fuji=フジ=藤 Mizu=ミズ=水 Tsuki=ツキ=月 \
    Ue=ウエ=上 Shiro=シロ=白 Kita=キタ=北 Nishi=ニシ=西 Minami=ミナミ=南 Higashi=ヒガシ=東 Hoshi=ホシ=星 \
    Iwa=イワ=岩 Sugi=スギ=杉 Take=タケ=竹 Ike=イケ=池 Oka=オカ=丘 Hama=ハマ=浜 Naga=ナガ=永 Hira=ヒラ=平 Sawa=サワ=澤";
pub(super) const JAPANESE_ENDS: &str = "moto=モト=本 mura=ムラ=村 da=ダ=田 no=ノ=野 shita=シタ=下 gawa=ガワ=河 oka=オカ=岡 \
    hara=ハラ=原 yama=ヤマ=山 saki=サキ=崎 zawa=ザワ=沢 be=ベ=部 guchi=グチ=口 kura=クラ=倉 \
    mizu=ミズ=水 kawa=カワ=川 matsu=マツ=松 ta=タ=太 ishi=イシ=石 mori=モリ=森";

pub(super) const CHINESE_SURNAMES: &str = "Wang=王 Li=李 Zhang=张 Liu=刘 Chen=陈 Yang=杨 Zhao=赵 Huang=黄 Zhou=周 Wu=吴 \
    Xu=徐 Sun=孙 Hu=胡 Zhu=朱 Gao=高 Lin=林 He=何 Guo=郭 Ma=马 Luo=罗 Ouyang=欧阳 Situ=司徒 \
    Zheng=郑 Liang=梁 Xie=谢 Song=宋 Tang=唐 Deng=邓 Feng=冯 Yu=于 Dong=董 Xiao=萧 Cheng=程 Cao=曹 Yuan=袁 Fu=傅 \
    Shen=沈 Peng=彭 Jiang=蒋 Cai=蔡 Jia=贾 Ding=丁";
pub(super) const CHINESE_BEGINS: &str = "Wei=伟 Fang=芳 Min=敏 Jing=静 Qiang=强 Lei=磊 Jun=军 Yong=勇 Yan=艳 Jie=杰 \
    Tao=涛 Ming=明 Chao=超 Xiu=秀 Hua=华 Ping=平 Gang=刚 Hui=辉 Xiao=小 Yu=雨 Zi=子 Guo=国 Jian=建 Zhi=志 \
    Hong=红 Mei=梅 Li=丽 Ying=英 Bin=斌 Peng=鹏 Yi=怡 Xue=雪 Wen=文 Qing=清 Chun=春 Rui=瑞 Ting=婷 Kai=凯 Feng=峰 \
    Zhen=振 Han=涵 Jia=佳 Shu=淑 Yun=云 Dan=丹 Ru=茹 Nan=楠 Shan=珊";
pub(super) const CHINESE_ENDS: &str = "- - - wei=伟 fang=芳 na=娜 min=敏 jing=静 lei=磊 jun=军 yan=艳 jie=杰 tao=涛 \
    ming=明 chao=超 hua=华 ping=平 hui=辉 yu=雨 chen=晨 xin=欣 hao=浩 bo=博 long=龙 \
    hong=红 mei=梅 li=丽 ying=英 bin=斌 peng=鹏 yi=怡 xue=雪 wen=文 qing=清 chun=春 rui=瑞 ting=婷 kai=凯 feng=峰 \
    zhen=振 han=涵 jia=佳 yun=云 dan=丹 lin=琳 qi=琪 yuan=媛 rong=蓉 juan=娟 tian=天";

pub(super) const KOREAN_SURNAMES: &str = "Kim=김 Lee=이 Park=박 Choi=최 Jung=정 Kang=강 Cho=조 Yoon=윤 Jang=장 Lim=임 \
    Han=한 Oh=오 Seo=서 Shin=신 Kwon=권 Hwang=황 Ahn=안 Song=송 Hong=홍 Moon=문";
pub(super) const KOREAN_BEGINS: &str = "Min=민 Ji=지 Seo=서 Hyun=현 Young=영 Jun=준 Sang=상 Dong=동 Tae=태 Jae=재 Eun=은 \
    Kyung=경 Do=도 Ye=예 Ha=하 Sun=선 In=인 Ki=기 \
    Mi=미 Bo=보 Yu=유 Chan=찬 Seung=승 Sung=성 Yong=용 Chang=창 Kwang=광 Na=나";
pub(super) const KOREAN_ENDS: &str = "jun=준 yeon=연 hun=훈 woo=우 soo=수 jin=진 ho=호 won=원 hee=희 min=민 seok=석 hyun=현 \
    young=영 ah=아 bin=빈 kyung=경 \
    il=일 kyu=규 joon=준 chul=철 mi=미 ran=란 sun=선 rim=림 a=아 seo=서 hwan=환 ki=기";

pub(super) const ARABIC_GIVEN: &str = "Mohammed=محمد Ahmed=أحمد Ali=علي Omar=عمر Khaled=خالد Yousef=يوسف Hassan=حسن \
    Fatima=فاطمة Ibrahim=إبراهيم Salem=سالم Tariq=طارق Nasser=ناصر Layla=ليلى Karim=كريم Samir=سمير Faisal=فيصل \
    Hussein=حسين Mustafa=مصطفى Mahmoud=محمود Bilal=بلال Rami=رامي Ziad=زياد Hamza=حمزة Anas=أنس Majid=ماجد \
    Walid=وليد Nadia=نادية Sami=سامي Adel=عادل Fahad=فهد";
pub(super) const ARABIC_GIVEN_BEGINS: &str = "Mu=م Ha=ح Sa=س Ja=ج Na=ن Ra=ر Fa=ف Ka=ك Za=ز Wa=و Ba=ب Ta=ت";
pub(super) const ARABIC_GIVEN_ENDS: &str = "mir=مير lid=ليد bir=بير sim=سيم dir=دير hid=هيد fiq=فيق rid=ريد zim=زيم kim=كيم \
    lik=ليك jid=جيد";
pub(super) const ARABIC_PREFIXES: &str = "- Al-=ال Al-=ال";
pub(super) const ARABIC_FAMILIES: &str = "Mansour=منصور Haddad=حداد Najjar=نجار Khoury=خوري Sabbagh=صباغ Qasim=قاسم \
    Masri=مصري Baghdadi=بغدادي Shami=شامي Halabi=حلبي Rashid=رشيد Saleh=صالح Hamdan=حمدان Zahrani=زهراني \
    Ghamdi=غامدي Otaibi=عتيبي Dosari=دوسري Harbi=حربي Qahtani=قحطاني Shehri=شهري Mutairi=مطيري Balushi=بلوشي \
    Tamimi=تميمي Shammari=شمري Anzi=عنزي Maliki=مالكي Juhani=جهني Sharif=شريف Hashimi=هاشمي Ansari=أنصاري \
    Tabari=طبري Iraqi=عراقي Hariri=حريري Jaber=جابر Darwish=درويش Khatib=خطيب Hakim=حكيم Barakat=بركات Nasr=نصر \
    Zayed=زايد Suleiman=سليمان Bakri=بكري Sabri=صبري Naim=نعيم Aziz=عزيز Fares=فارس";

pub(super) const ARABIC_BEGINS: &str = "Man=من Had=حد Naj=نج Kha=خا Sab=صب Qas=قص Mas=مص Bagh=بغ Sha=شا Hal=حل Ras=رش \
    Sal=سل Ham=حم Zah=زه Gham=غم Ot=عت Dos=دوس Har=حر Qah=قح Sheh=شه Tur=ترك Daw=دو Kar=كر Sul=سل";
pub(super) const ARABIC_ENDS: &str = "sour=سور ad=اد jar=جار li=لي ari=اري mani=ماني dani=داني bari=باري rawi=راوي lani=لاني \
    doub=دوب wan=وان rat=رات fawi=فاوي hani=هاني";

pub(super) const HEBREW_GIVEN: &str = "David=דוד Yosef=יוסף Moshe=משה Noam=נועם Daniel=דניאל Itai=איתי Yael=יעל \
    Tamar=תמר Avi=אבי Eitan=איתן Omer=עומר Shira=שירה \
    Ariel=אריאל Yonatan=יונתן Uri=אורי Maya=מאיה Gal=גל Lior=ליאור Ron=רון Shai=שי Michal=מיכל Amit=עמית Nadav=נדב Rotem=רותם";
pub(super) const HEBREW_GIVEN_BEGINS: &str =
    "El=אל Ad=אד Or=אור Tal=טל Nat=נת Gav=גב Dor=דור Lir=ליר Shal=של Yar=יר";
pub(super) const HEBREW_GIVEN_ENDS: &str = "on=ון ael=אל iel=יאל it=ית an=ן iya=יה ev=ב om=ום";
pub(super) const HEBREW_SURNAMES: &str =
    "Cohen=כהן Levi=לוי Mizrahi=מזרחי Peretz=פרץ Biton=ביטון Friedman=פרידמן Katz=כץ";
pub(super) const HEBREW_BEGINS: &str = "Gold=גולד Rosen=רוזנ Green=גרינ Fried=פריד Wein=ויינ Silber=זילבר Lieber=ליבר \
    Stein=שטיינ Haber=הבר Perl=פרל Mandel=מנדל \
    Blum=בלומ Wald=ולד Hoff=הופ Ros=רוס Klein=קליינ Kirsch=קירש Schwartz=שוורצ Apfel=אפפל Edel=אדל Korn=קורנ";
pub(super) const HEBREW_ENDS: &str = "berg=ברג man=מן feld=פלד stein=שטיין baum=באום blatt=בלט \
    thal=טל stock=סטוק hardt=הרט zweig=צויג er=ר sohn=זון";

pub(super) const THAI_GIVEN: &str = "Somchai=สมชาย Somsak=สมศักดิ์ Anan=อนันต์ Prasert=ประเสริฐ Kanya=กัญญา Malee=มาลี \
    Niran=นิรันดร์ Sunan=สุนันท์ Wichai=วิชัย Narong=ณรงค์ Manop=มานพ Kamon=กมล \
    Pairat=ไพรัช Chalerm=เฉลิม Danai=ดนัย Ekachai=เอกชัย Orathai=อรทัย Pimchan=พิมพ์จันทร์ Sakda=ศักดา Thawee=ทวี \
    Udom=อุดม Vichit=วิจิตร Wanida=วนิดา Yuphin=ยุพิน";
pub(super) const THAI_GIVEN_BEGINS: &str =
    "Som=สม Wi=วิ Pra=ประ Nara=นรา Thana=ธนา Sura=สุรา Kitti=กิตติ Phong=พงษ์ Chan=ชาน Rat=รัต";
pub(super) const THAI_GIVEN_ENDS: &str = "chai=ชัย sak=ศักดิ์ phong=พงศ์ phon=พร dej=เดช kon=กร wut=วุฒิ nan=นันท์";
pub(super) const THAI_BEGINS: &str = "Thong=ทอง Sri=ศรี Kaew=แก้ว Boon=บุญ Suk=สุข Wong=วงศ์ Rat=รัตน Phan=พันธ์ \
    Prom=พรหม Chan=จันทร์ Dao=ดาว Sang=แสง";
pub(super) const THAI_MIDDLES: &str = "- ma=มา na=นา sa=สา wi=วิ ra=รา";
pub(super) const THAI_ENDS: &str =
    "dee=ดี suwan=สุวรรณ mali=มะลิ kul=กุล sak=ศักดิ์ siri=สิริ phon=พร chai=ชัย da=ดา rung=รุ่ง";

pub(super) const DEVANAGARI_GIVEN: &str = "Rahul=राहुल Amit=अमित Sanjay=संजय Priya=प्रिया Vijay=विजय Sunil=सुनील \
    Anil=अनिल Deepak=दीपक Neha=नेहा Kiran=किरण Manoj=मनोज Ravi=रवि Vikram=विक्रम Arjun=अर्जुन Rohan=रोहन Pooja=पूजा \
    Aditya=आदित्य Ajay=अजय Ashok=अशोक Gaurav=गौरव Harish=हरीश Kavita=कविता Mohit=मोहित Nitin=नितिन \
    Pankaj=पंकज Rakesh=राकेश Sandeep=संदीप Suresh=सुरेश Tarun=तरुण Varun=वरुण Vivek=विवेक Yash=यश";
pub(super) const DEVANAGARI_GIVEN_BEGINS: &str = "Raj=राज Dev=देव Sur=सुर Nar=नर Mah=मह Vir=वीर Jit=जित Har=हर Gaj=गज Bhup=भूप \
    Yog=योग Lok=लोक";
pub(super) const DEVANAGARI_GIVEN_ENDS: &str =
    "esh=ेश endra=ेंद्र deep=दीप inder=िंदर an=न it=ित veer=वीर raj=राज";
pub(super) const DEVANAGARI_SURNAMES: &str = "Sharma=शर्मा Singh=सिंह Kumar=कुमार Gupta=गुप्ता Verma=वर्मा Patel=पटेल \
    Joshi=जोशी Mehta=मेहता Mishra=मिश्रा Yadav=यादव Chauhan=चौहान Nair=नायर Reddy=रेड्डी Desai=देसाई Kulkarni=कुलकर्णी \
    Deshmukh=देशमुख Pandey=पांडे Tiwari=तिवारी \
    Agarwal=अग्रवाल Bhatt=भट्ट Chopra=चोपड़ा Dubey=दुबे Ghosh=घोष Jain=जैन Kapoor=कपूर Khanna=खन्ना \
    Malhotra=मल्होत्रा Menon=मेनन Naidu=नायडू Pillai=पिल्लै Rathore=राठौर Saxena=सक्सेना Shah=शाह Sinha=सिन्हा Thakur=ठाकुर \
    Trivedi=त्रिवेदी";
pub(super) const DEVANAGARI_BEGINS: &str = "Gav=गव Tend=तेंद Man=मन Pan=पन Vel=वेल Sav=सव Kel=केल Bor=बोर Nag=नग Mal=मल \
    Dev=देव Par=पर Sol=सोल Raj=रज";
pub(super) const DEVANAGARI_MIDDLES: &str = "- a=ा ul=ुल e=े o=ो ul=ुल esh=ेश";
pub(super) const DEVANAGARI_ENDS: &str = "kar=कर de=दे patil=पटिल rao=राव wade=वडे le=ले";

/// First names, and what people are called for short.
pub(super) const SHORT: &str = "Alexander=Alex Alexander=Sasha Anthony=Tony Benjamin=Ben Christopher=Chris Daniel=Dan \
    Daniel=Danny Edward=Ed Edward=Eddie Francisco=Paco James=Jim James=Jimmy Johannes=Hans Maximilian=Max Michael=Mike \
    Michael=Mick Nicholas=Nick Nicholas=Nico Robert=Bob Robert=Rob William=Bill William=Will Dmitry=Dima Maxim=Max \
    Ivan=Vanya Pavel=Pasha Alexey=Lyosha Thomas=Tom Thomas=Tommy Katharina=Kathi Frederick=Fred Ludovic=Ludo Joseph=Joe \
    Richard=Rick Sebastian=Seb Antonio=Toni Charles=Charlie Giuseppe=Beppe Matthias=Matze Giorgos=George David=Dave \
    Peter=Pete Gabriel=Gabe Hiroyuki=Hiro Mohammed=Mo";
/// What jokes are made of.
pub(super) const JOKES: &str = "Apex Banana Blowout Bumper Chicane Clutch Diesel Donut Drift Gravel Kerb Lawn Mower Ninja \
    Noodle Pickle Potato Rookie Rocket Slick Snail Spanner Turbo Understeer Wall Wheel Wobble Zebra Send Dive Bomb Brake";
