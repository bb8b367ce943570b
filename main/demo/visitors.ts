/** A device that comes and goes: its records in master file form, relative to the zone that it visits. */
export interface Visitor {
  /** Which of the network's zones it visits, counted from 0 and round again. */
  readonly zone: number;
  readonly records: string;
}

/** The devices that come and go while the demo network lives (see `startLife`). Addresses are of RFC 5737 and RFC 3849. */
export const VISITORS: readonly Visitor[] = [
  {
    zone: 0,
    records: String.raw`
$TTL 75m
epson-et5880 120 A    192.0.2.90
             120 AAAA 2001:db8:ff1:ce::90
_ipp._tcp                 PTR EcoTank\032ET-5880\032\(on\032loan\)._ipp._tcp
_universal._sub._ipp._tcp PTR EcoTank\032ET-5880\032\(on\032loan\)._ipp._tcp
EcoTank\032ET-5880\032\(on\032loan\)._ipp._tcp 120 SRV 0 0 631 epson-et5880
  TXT "txtvers=1" "qtotal=1" "rp=ipp/print" "priority=20" "ty=EPSON ET-5880 Series" "product=(EPSON ET-5880 Series)" (
      "note=1st floor, on a trolley" "pdl=image/urf,image/jpeg,application/pdf" "Color=T" "Duplex=T" "PaperMax=legal-A4"
      "Scan=T" "air=none" "URF=CP1,PQ4-5,OB9,RS360-720,SRGB24,W8,DM3,IS1,V1.4" "UUID=cfe92100-67c4-11d4-a45f-0090e5a1c0de" )
_ipps._tcp                PTR EcoTank\032ET-5880\032\(on\032loan\)._ipps._tcp
EcoTank\032ET-5880\032\(on\032loan\)._ipps._tcp 120 SRV 0 0 631 epson-et5880
  TXT "txtvers=1" "qtotal=1" "rp=ipp/print" "priority=10" "ty=EPSON ET-5880 Series" "product=(EPSON ET-5880 Series)" (
      "note=1st floor, on a trolley" "pdl=image/urf,image/jpeg,application/pdf" "Color=T" "Duplex=T" "PaperMax=legal-A4"
      "Scan=T" "air=none" "TLS=1.2" "UUID=cfe92100-67c4-11d4-a45f-0090e5a1c0de" )`,
  },
  {
    zone: 0,
    records: String.raw`
$TTL 75m
carlas-macbook 120 A    192.0.2.101
               120 AAAA 2001:db8:ff1:ce::101
_ssh._tcp      PTR Carla’s\032MacBook\032Pro._ssh._tcp
Carla’s\032MacBook\032Pro._ssh._tcp      120 SRV 0 0 22 carlas-macbook
                                         TXT ""
_sftp-ssh._tcp PTR Carla’s\032MacBook\032Pro._sftp-ssh._tcp
Carla’s\032MacBook\032Pro._sftp-ssh._tcp 120 SRV 0 0 22 carlas-macbook
                                         TXT ""
_rfb._tcp      PTR Carla’s\032MacBook\032Pro._rfb._tcp
Carla’s\032MacBook\032Pro._rfb._tcp      120 SRV 0 0 5900 carlas-macbook
                                         TXT ""`,
  },
  {
    zone: 1,
    records: String.raw`
$TTL 75m
hp-oj250 120 A    198.51.100.92
_ipp._tcp PTR OfficeJet\032250\032\(field\032kit\)._ipp._tcp
OfficeJet\032250\032\(field\032kit\)._ipp._tcp 120 SRV 0 0 631 hp-oj250
  TXT "txtvers=1" "qtotal=1" "rp=ipp/print" "priority=30" "ty=HP OfficeJet 250 Mobile" "product=(HP OfficeJet 250 Mobile)" (
      "note=Field kit 2" "pdl=application/vnd.hp-PCL,image/jpeg" "Color=T" "Duplex=F" "PaperMax=legal-A4" "Scan=T" )
_pdl-datastream._tcp PTR OfficeJet\032250\032\(field\032kit\)._pdl-datastream._tcp
OfficeJet\032250\032\(field\032kit\)._pdl-datastream._tcp 120 SRV 0 0 9100 hp-oj250
  TXT "txtvers=1" "qtotal=1" "priority=40" "ty=HP OfficeJet 250 Mobile" "product=(HP OfficeJet 250 Mobile)" (
      "note=Field kit 2" "pdl=application/vnd.hp-PCL,image/jpeg" "Color=T" "Duplex=F" "PaperMax=legal-A4" )`,
  },
  {
    zone: 1,
    records: String.raw`
$TTL 75m
raspberrypi-7 120 A    198.51.100.77
              120 AAAA 2001:db8:1ab:7::77
_ssh._tcp     PTR raspberrypi-7._ssh._tcp
raspberrypi-7._ssh._tcp  120 SRV 0 0 22 raspberrypi-7
                         TXT ""
_http._tcp    PTR Burn-in\032rack\0327._http._tcp
Burn-in\032rack\0327._http._tcp 120 SRV 0 0 8080 raspberrypi-7
                         TXT "path=/status"`,
  },
  {
    zone: 0,
    records: String.raw`
$TTL 75m
speaker-guest 120 A    192.0.2.110
_airplay._tcp PTR Guest\032Speaker._airplay._tcp
Guest\032Speaker._airplay._tcp 120 SRV 0 0 7000 speaker-guest
  TXT "deviceid=00:00:5E:00:53:61" "features=0x445F8A00,0x1C340" "model=AudioAccessory5,1" "srcvers=770.8.1"
_raop._tcp    PTR 00005E005361@Guest\032Speaker._raop._tcp
00005E005361@Guest\032Speaker._raop._tcp 120 SRV 0 0 7000 speaker-guest
  TXT "cn=0,1,2,3" "et=0,3,5" "md=0,1,2" "am=AudioAccessory5,1" "tp=UDP"`,
  },
  {
    zone: 0,
    records: String.raw`
$TTL 75m
zebra-zc300 120 A    192.0.2.95
_pdl-datastream._tcp PTR Visitor\032Badges._pdl-datastream._tcp
Visitor\032Badges._pdl-datastream._tcp 120 SRV 0 0 9100 zebra-zc300
  TXT "txtvers=1" "qtotal=1" "priority=50" "ty=Zebra ZC300" "product=(Zebra ZC300)" "note=Ground floor, event desk" (
      "pdl=application/octet-stream" "Color=T" "Duplex=T" "PaperMax=<legal-A4" "kind=disc" )`,
  },
];
