namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents a component in a scan, with its tables.</summary>
internal sealed record JpegScanPart(JpegComponent Component, JpegHuffmanTable? Dc, JpegHuffmanTable? Ac);
