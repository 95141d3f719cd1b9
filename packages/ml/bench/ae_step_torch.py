"""Times the training step of Table 1's autoencoder in PyTorch eager, float32, CPU. usage: ae_step_torch.py BATCH STEPS THREADS; prints one JSON line."""
import json, sys, time
import torch

batch, steps, threads = (int(value) for value in sys.argv[1:4])
torch.set_num_threads(threads)
torch.manual_seed(1)
ENCODER = [(3, 32, 4, 2, 1), (32, 32, 4, 2, 1), (32, 32, 3, 1, 1), (32, 64, 4, 2, 1), (64, 64, 3, 1, 1), (64, 128, 4, 2, 1), (128, 64, 3, 1, 1), (64, 32, 3, 1, 1), (32, 100, 8, 1, 0)]
layers = []
for index, (inputs, outputs, size, stride, padding) in enumerate(ENCODER):
    layers.append(torch.nn.Conv2d(inputs, outputs, size, stride, padding))
    if index < 8:
        layers.append(torch.nn.LeakyReLU(0.2))
for index, (outputs, inputs, size, stride, padding) in enumerate(reversed(ENCODER)):
    layers.append(torch.nn.ConvTranspose2d(inputs, outputs, size, stride, padding))
    layers.append(torch.nn.LeakyReLU(0.2) if index < 8 else torch.nn.Sigmoid())
model = torch.nn.Sequential(*layers)
images = torch.rand(batch, 3, 128, 128)
optimiser = torch.optim.Adam(model.parameters(), lr=2e-4, eps=1e-7, weight_decay=1e-5, foreach=True)


def step():
    start = time.perf_counter()
    optimiser.zero_grad(set_to_none=True)
    loss = ((model(images) - images) ** 2).mean()
    loss.backward()
    optimiser.step()
    loss.item()
    return 1000 * (time.perf_counter() - start)


for _ in range(2):
    step()
print(json.dumps({"version": torch.__version__, "parameters": sum(p.numel() for p in model.parameters()), "milliseconds": [step() for _ in range(steps)]}))
