using ModelBuilder;

if (args is not [string folder, string picture])
{
    Console.Error.WriteLine("usage: ModelBuilder <folder of pictures, one sub-folder a class> <picture to classify>");
    return 1;
}

SurfaceDefects.Train("SurfaceDefects.mlnet", folder);
foreach ((string label, float probability) in SurfaceDefects.PredictAllLabels(new() { ImageSource = File.ReadAllBytes(picture) }))
{
    Console.WriteLine($"{probability,7:0.0 %}  {label}");
}

return 0;
