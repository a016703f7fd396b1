using ModelBuilder;

if (args is not [string folder, string image])
{
    Console.Error.WriteLine("usage: ModelBuilder <folder of images, one sub-folder a class> <image to classify>");
    return 1;
}

SurfaceDefects.Train("SurfaceDefects.mlnet", folder);
foreach ((string label, float probability) in SurfaceDefects.PredictAllLabels(new() { ImageSource = File.ReadAllBytes(image) }))
{
    Console.WriteLine($"{probability,7:0.0 %}  {label}");
}

return 0;
